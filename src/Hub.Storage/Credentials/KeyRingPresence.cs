using Hub.Storage.Embedded;
using Microsoft.Extensions.Hosting;

namespace Hub.Storage.Credentials;

/// <summary>
/// Refuses an empty key ring beside a database that has known one, before anything asks for a key: the framework would make a new one, which decrypts nothing
/// and stands in the way of a ring that is put there later.
/// </summary>
/// <param name="keys">The folder of the key ring.</param>
public sealed class KeyRingPresence(HubDatabase database, string keys) : IHostedService
{
    /// <exception cref="InvalidOperationException">There is no key; nothing was written.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (HubDataDirectory.HoldsKeys(keys))
        {
            return;
        }

        await using var command = database.DataSource.CreateCommand("SELECT EXISTS (SELECT FROM hub.settings WHERE key = 'key_ring_check')");
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
        {
            throw new InvalidOperationException(
                $"There is no key in {keys}, but the secrets in this database were encrypted with one. Put the key ring there that belongs to it "
                    + "(the folder 'keys' of its hub, or your copy of it), or set Hub__DataDirectory to where it is. Nothing was written."
            );
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
