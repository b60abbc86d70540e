using System.Collections.Frozen;
using System.Text.Json;
using Hub.Connectors.Signatures;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Intake;

/// <summary>Every Source by its token, with its secrets in the clear, in memory: an unknown token costs no query.</summary>
public sealed partial class SourceDirectory(HubDatabase database, SignatureSchemes schemes, SecretVault vault, TimeProvider time, ILogger<SourceDirectory> logger) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Snapshot? _snapshot;
    private int _generation;

    /// <summary>The Source of a token; null when there is none.</summary>
    public async ValueTask<ReceivingSource?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (snapshot is null || time.GetElapsedTime(snapshot.LoadedAt) > Freshness)
        {
            snapshot = await LoadAsync(cancellationToken);
        }

        return snapshot.ByToken.GetValueOrDefault(token);
    }

    /// <summary>What was cached is no longer true.</summary>
    public void Invalidate()
    {
        Interlocked.Increment(ref _generation);
        _snapshot = null;
    }

    public void Dispose() => _loading.Dispose();

    private async Task<Snapshot> LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_snapshot is { } loaded && time.GetElapsedTime(loaded.LoadedAt) < Freshness)
            {
                return loaded;
            }

            var generation = Volatile.Read(ref _generation);
            var loadedAt = time.GetTimestamp();
            await using var context = database.CreateContext();
            var sources = await context.Sources.ToListAsync(cancellationToken);
            var snapshot = new Snapshot(
                sources.Select(Open).OfType<ReceivingSource>().ToFrozenDictionary(source => source.Token, StringComparer.Ordinal), loadedAt);

            // A change that came while loading makes this snapshot good for this request only.
            if (generation == Volatile.Read(ref _generation))
            {
                _snapshot = snapshot;
            }

            return snapshot;
        }
        finally
        {
            _loading.Release();
        }
    }

    private ReceivingSource? Open(Source source)
    {
        using var options = source.SchemeOptions is null ? null : JsonDocument.Parse(source.SchemeOptions);
        if (!schemes.TryFind(source.Scheme, options?.RootElement, out var scheme, out var fault))
        {
            Log.NotOpened(logger, source.Name, fault);
            return null;
        }

        var secrets = source.ProtectedSecrets is null ? [] : JsonSerializer.Deserialize<string[]>(vault.Unprotect(source.ProtectedSecrets))!;
        var dedupe = DedupeRule.TryParse(source.Dedupe, out var rule) ? rule : null;
        return new ReceivingSource(source.Id, source.Name, source.Token, scheme, secrets, dedupe, source.BodyLimit);
    }

    private sealed record Snapshot(FrozenDictionary<string, ReceivingSource> ByToken, long LoadedAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Source {Source} cannot receive: {Reason}")]
        public static partial void NotOpened(ILogger logger, string source, string reason);
    }
}

/// <summary>A Source ready to judge requests.</summary>
public sealed record ReceivingSource(
    Guid Id,
    string Name,
    string Token,
    ISignatureScheme Scheme,
    IReadOnlyList<string> Secrets,
    DedupeRule? Dedupe,
    int BodyLimit);
