using System.Security.Cryptography;
using System.Text;
using Hub.Storage;
using Hub.Storage.Credentials;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Auth;

/// <summary>Refuses to start when the database's secrets were encrypted with another key ring: better now than at the first webhook.</summary>
internal sealed class KeyRingCheck(HubDatabase database, SecretVault vault) : IHostedService
{
    private const string SettingKey = "key_ring_check";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        var fresh = Convert.ToBase64String(vault.Protect(Encoding.UTF8.GetBytes("readable")));
        await context.Database.ExecuteSqlAsync($"INSERT INTO hub.settings (key, value) VALUES ({SettingKey}, {fresh}) ON CONFLICT DO NOTHING", cancellationToken);
        var kept = await context.Settings.SingleAsync(setting => setting.Key == SettingKey, cancellationToken);
        try
        {
            vault.Unprotect(Convert.FromBase64String(kept.Value));
        }
        catch (CryptographicException fault)
        {
            throw new InvalidOperationException(
                "The secrets in this database were encrypted with another key ring. Start with the data directory that holds it (Hub__DataDirectory, folder 'keys'); every node on one database needs the same ring.",
                fault);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
