using System.Collections.Concurrent;
using System.Collections.Frozen;
using Hub.Engine.Snapshots;
using Hub.Storage;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Intake;

/// <summary>Every Source by the hashes of its tokens, with its secrets in the clear, in memory: an unknown token costs no query.</summary>
public sealed class SourceDirectory
{
    private readonly HubDatabase _database;
    private readonly SourceOpener _opener;
    private readonly TimeProvider _time;
    private readonly SharedSnapshot<Snapshot> _sources;

    public SourceDirectory(HubDatabase database, SourceOpener opener, IOptions<IntakeOptions> options, IOptions<CacheOptions> cache, TimeProvider time)
    {
        (_database, _opener, _time) = (database, opener, time);
        _sources = new("Sources", LoadAsync, options.Value.LookUpPatience, cache.Value, time);
    }

    /// <summary>The Source of a token; null when there is none.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<ReceivingSource?> FindAsync(string token, CancellationToken cancellationToken) =>
        (await _sources.GetAsync(cancellationToken)).Find(token, _time.GetUtcNow())?.Receiving;

    /// <summary>All Sources that can receive.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<ReceivingSource>> ListAsync(CancellationToken cancellationToken) =>
        (await _sources.GetAsync(cancellationToken)).Receiving;

    /// <summary>A Source by its id; null when there is none that can receive.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<ReceivingSource?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(source => source.Id == id);

    /// <summary>A Source that was not found because it cannot receive, by its token; null when there is none.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<ClosedSource?> FindClosedAsync(string token, CancellationToken cancellationToken) =>
        (await _sources.GetAsync(cancellationToken)).Find(token, _time.GetUtcNow())?.Closed;

    /// <inheritdoc cref="FindClosedAsync(string, CancellationToken)"/>
    public async ValueTask<ClosedSource?> FindClosedAsync(Guid id, CancellationToken cancellationToken) =>
        (await _sources.GetAsync(cancellationToken)).Closed.FirstOrDefault(source => source.Id == id);

    /// <summary>What was cached is no longer true.</summary>
    public void Invalidate() => _sources.Invalidate();

    private async Task<Snapshot> LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = _database.AcrossWorkspaces();
        var sources = await context.Sources.ToListAsync(cancellationToken);
        var secrets = await context.SourceSecrets.ToListAsync(cancellationToken);
        var addresses = await context
            .SourceAddresses.Select(address => new
            {
                address.SourceId,
                address.Hash,
                address.ExpiresAt,
            })
            .ToListAsync(cancellationToken);
        var opened = _opener.Open(sources, secrets.ToLookup(secret => secret.SourceId));
        var receiving = opened.Receiving.ToDictionary(source => source.Id);
        var closed = opened.Closed.ToDictionary(source => source.Id);
        var places = addresses.ToFrozenDictionary(
            address => AddressHash.From(address.Hash),
            address => new Place(receiving.GetValueOrDefault(address.SourceId), closed.GetValueOrDefault(address.SourceId), address.ExpiresAt)
        );
        return new Snapshot(places, opened.Receiving, opened.Closed);
    }

    private sealed record Snapshot(FrozenDictionary<AddressHash, Place> Places, IReadOnlyList<ReceivingSource> Receiving, IReadOnlyList<ClosedSource> Closed)
    {
        /// <summary>Tokens that led somewhere, so that each is hashed once. There are no more of them than places.</summary>
        private readonly ConcurrentDictionary<string, Place> _known = new(StringComparer.Ordinal);

        public Place? Find(string token, DateTimeOffset now)
        {
            if (!_known.TryGetValue(token, out var place))
            {
                if (AddressHash.Of(token) is not { } hash || !Places.TryGetValue(hash, out place))
                {
                    return null;
                }

                _known.TryAdd(token, place);
            }

            return place.ExpiresAt <= now ? null : place;
        }
    }

    /// <summary>What lies at an address.</summary>
    private sealed record Place(ReceivingSource? Receiving, ClosedSource? Closed, DateTimeOffset? ExpiresAt);
}
