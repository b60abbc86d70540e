using System.Collections.Concurrent;
using System.Text.Json;
using Hub.Connectors;
using Hub.Connectors.Secrets;
using Hub.Engine.Snapshots;
using Hub.Storage;
using Hub.Storage.Credentials;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Credentials;

/// <summary>
/// Decrypted credentials for the steps that name them, cached until they change, and for a while at most: a notice of a change can be lost. Nothing here is
/// ever logged.
/// </summary>
public sealed class CredentialStore(HubDatabase database, SecretVault vault, ConnectorRegistry connectors, IOptions<CacheOptions> cache, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (CredentialFields Fields, long LoadedAt)> _cache = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>The credential of that name made for the connector of the step type, or why it cannot be used.</summary>
    public async ValueTask<CredentialLookup> FindAsync(string name, string stepType, CancellationToken cancellationToken)
    {
        CredentialFields found;
        if (_cache.TryGetValue(name, out var cached) && time.GetElapsedTime(cached.LoadedAt) < cache.Value.Freshness)
        {
            found = cached.Fields;
        }
        else
        {
            var generation = Volatile.Read(ref _generation);
            var loadedAt = time.GetTimestamp();
            await using var context = database.AcrossWorkspaces();
            var row = await context.Credentials.FirstOrDefaultAsync(credential => credential.Name == name, cancellationToken);
            if (row is null)
            {
                return CredentialLookup.Missing(name, stepType);
            }

            if (!vault.TryReveal(row.Place, row.ProtectedFields, out var secret))
            {
                return CredentialLookup.Unreadable(name);
            }

            var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(secret)!;
            var specs = connectors.TryFindConnector(row.Connector, out var connector) ? connector.Manifest.CredentialFields : [];
            found = new CredentialFields(row.Connector, fields, new SecretMask(SecretMask.SecretsOf(specs, fields)));
            if (generation == Volatile.Read(ref _generation))
            {
                _cache[name] = (found, loadedAt);
            }
        }

        return stepType.StartsWith(found.Connector + ".", StringComparison.Ordinal)
            ? new CredentialLookup(found, null)
            : CredentialLookup.Missing(name, stepType);
    }

    public void Invalidate()
    {
        Interlocked.Increment(ref _generation);
        _cache.Clear();
    }
}
