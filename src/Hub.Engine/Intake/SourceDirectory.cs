using System.Collections.Frozen;
using Hub.Engine.Snapshots;
using Hub.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Intake;

/// <summary>Every Source by its token, with its secrets in the clear, in memory: an unknown token costs no query.</summary>
public sealed class SourceDirectory
{
    private readonly HubDatabase _database;
    private readonly SourceOpener _opener;
    private readonly SharedSnapshot<Snapshot> _sources;

    public SourceDirectory(HubDatabase database, SourceOpener opener, IOptions<IntakeOptions> options, TimeProvider time)
    {
        (_database, _opener) = (database, opener);
        _sources = new("Sources", LoadAsync, options.Value.LookUpPatience, time);
    }

    /// <summary>The Source of a token; null when there is none.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<ReceivingSource?> FindAsync(string token, CancellationToken cancellationToken) =>
        (await _sources.GetAsync(cancellationToken)).ByToken.GetValueOrDefault(token);

    /// <summary>All Sources that can receive.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<ReceivingSource>> ListAsync(CancellationToken cancellationToken) => (await _sources.GetAsync(cancellationToken)).ByToken.Values;

    /// <summary>A Source by its id; null when there is none that can receive.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<ReceivingSource?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(source => source.Id == id);

    /// <summary>A Source that was not found because it cannot receive, by its token; null when there is none.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public ValueTask<ClosedSource?> FindClosedAsync(string token, CancellationToken cancellationToken) => FindClosedAsync(source => source.Token == token, cancellationToken);

    /// <inheritdoc cref="FindClosedAsync(string, CancellationToken)"/>
    public ValueTask<ClosedSource?> FindClosedAsync(Guid id, CancellationToken cancellationToken) => FindClosedAsync(source => source.Id == id, cancellationToken);

    /// <summary>What was cached is no longer true.</summary>
    public void Invalidate() => _sources.Invalidate();

    private async ValueTask<ClosedSource?> FindClosedAsync(Func<ClosedSource, bool> isMeant, CancellationToken cancellationToken) =>
        (await _sources.GetAsync(cancellationToken)).Closed.FirstOrDefault(isMeant);

    private async Task<Snapshot> LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = _database.CreateContext();
        var sources = await context.Sources.ToListAsync(cancellationToken);
        var secrets = await context.SourceSecrets.ToListAsync(cancellationToken);
        var opened = _opener.Open(sources, secrets.ToLookup(secret => secret.SourceId));
        return new Snapshot(opened.Receiving.ToFrozenDictionary(source => source.Token, StringComparer.Ordinal), opened.Closed);
    }

    private sealed record Snapshot(FrozenDictionary<string, ReceivingSource> ByToken, IReadOnlyList<ClosedSource> Closed);
}
