using System.Text;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Auth;

/// <summary>
/// Refuses to start when nothing of what the database keeps was encrypted with this key ring. Where only some of it cannot be decrypted the hub
/// starts and says whose: the rest goes on working.
/// </summary>
internal sealed partial class KeyRingCheck(HubDatabase database, SecretVault vault, ILogger<KeyRingCheck> logger) : IHostedService
{
    private const string SettingKey = "key_ring_check";
    private static readonly TimeSpan NoticePatience = TimeSpan.FromSeconds(3);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var context = database.AcrossWorkspaces();
        var isKnown = await KnowsAsync(context, cancellationToken);
        if (await TryReadAsync(context, isKnown ? NoticePatience : Timeout.InfiniteTimeSpan, cancellationToken) is not { } kept)
        {
            return;
        }

        var unreadable = kept.FindAll(secret => !vault.TryReveal(secret.Place, secret.Encrypted, out _));
        if (!isKnown && unreadable.Count == kept.Count)
        {
            throw new InvalidOperationException(
                "The secrets in this database were encrypted with another key ring. Start with the data directory that holds it (Hub__DataDirectory, "
                    + "folder 'keys'); every node on one database needs the same ring."
            );
        }

        foreach (var owner in unreadable.GroupBy(secret => secret.Owner, StringComparer.Ordinal))
        {
            Log.Unreadable(logger, owner.Key, owner.Count());
        }

        if (!isKnown)
        {
            await context.Database.ExecuteSqlAsync($"UPDATE hub.settings SET value = {Fresh()} WHERE key = {SettingKey}", cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Fresh() => Convert.ToBase64String(vault.Protect(SecretPlace.KeyRingCheck, Encoding.UTF8.GetBytes("readable")));

    /// <summary>Whether the ring holds the key of the text that was encrypted when the database was new.</summary>
    private async Task<bool> KnowsAsync(HubDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlAsync(
            $"INSERT INTO hub.settings (key, value) VALUES ({SettingKey}, {Fresh()}) ON CONFLICT DO NOTHING",
            cancellationToken
        );
        var kept = await context.Settings.SingleAsync(setting => setting.Key == SettingKey, cancellationToken);
        return vault.TryReveal(SecretPlace.KeyRingCheck, Convert.FromBase64String(kept.Value), out _);
    }

    /// <summary>Null when the tables did not answer in time: a hub with its own key ring starts without the notice.</summary>
    private async Task<List<KeptSecret>?> TryReadAsync(HubDbContext context, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await KeptAsync(context, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotChecked(logger, patience.TotalSeconds);
            return null;
        }
    }

    private static async Task<List<KeptSecret>> KeptAsync(HubDbContext context, CancellationToken cancellationToken)
    {
        var sources = await context
            .Sources.Select(source => new { source.Id, source.Name })
            .ToDictionaryAsync(source => source.Id, source => source.Name, cancellationToken);
        var secrets = await context.SourceSecrets.ToListAsync(cancellationToken);
        var handshakes = await context.SourceHandshakes.ToListAsync(cancellationToken);
        var addresses = await context.SourceAddresses.Where(row => row.ExpiresAt == null).ToListAsync(cancellationToken);
        var credentials = await context.Credentials.ToListAsync(cancellationToken);
        return
        [
            .. secrets.Select(row => new KeptSecret(
                $"Source '{sources.GetValueOrDefault(row.SourceId)}'",
                SecretPlace.SourceSecret(row.Id, row.SourceId),
                row.Protected
            )),
            .. handshakes.Select(row => new KeptSecret(
                $"Source '{sources.GetValueOrDefault(row.SourceId)}' (handed over by handshake)",
                SecretPlace.Handshake(row.Id, row.SourceId),
                row.Protected
            )),
            .. addresses
                .Where(row => !AddressProtection.IsInTheClear(row))
                .Select(row => new KeptSecret(
                    $"Source '{sources.GetValueOrDefault(row.SourceId)}' (its address)",
                    SecretPlace.Address(row.Id, row.SourceId),
                    row.Protected
                )),
            .. credentials.Select(row => new KeptSecret($"credential '{row.Name}'", row.Place, row.ProtectedFields)),
        ];
    }

    /// <param name="Owner">Whose it is, as the log names it.</param>
    private readonly record struct KeptSecret(string Owner, SecretPlace Place, byte[] Encrypted);

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "{Count} secrets of {Owner} cannot be decrypted: the key ring lacks their key, or they were changed in the database. Bring back the missing "
                + "file of the folder 'keys' and start anew, or give the secrets again."
        )]
        public static partial void Unreadable(ILogger logger, string owner, int count);

        [LoggerMessage(
            2,
            LogLevel.Warning,
            "The kept secrets did not answer within {Seconds} s; the hub starts without the check whether all can be decrypted"
        )]
        public static partial void NotChecked(ILogger logger, double seconds);
    }
}
