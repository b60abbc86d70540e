using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Notifications;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Hub.Api.Sources;

/// <summary>Adds and removes Sources, and tells every node.</summary>
internal sealed class SourceRegistrar(HubDbContext database, SecretVault vault, SourceDirectory directory, HubChannel channel, TimeProvider time)
{
    /// <summary>The new Source; null when the name is taken.</summary>
    public async Task<Source?> AddAsync(NewSource wish, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var secrets = wish.Signature!.Secrets ?? [];
        var source = new Source
        {
            Id = Guid.CreateVersion7(now),
            Name = wish.Name!,
            Token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)),
            Scheme = wish.Signature.Scheme!,
            SchemeOptions = SourceRules.OptionsOf(wish.Signature)?.GetRawText(),
            ProtectedSecrets = secrets.Count == 0 ? null : vault.Protect(JsonSerializer.SerializeToUtf8Bytes(secrets)),
            SecretCount = secrets.Count,
            Dedupe = wish.Dedupe,
            BodyLimit = wish.BodyLimit ?? SourceRules.DefaultBodyLimit,
            CreatedAt = now,
        };
        database.Sources.Add(source);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return null;
        }

        await AnnounceAsync(source.Id, cancellationToken);
        return source;
    }

    public async Task RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.Sources.Where(source => source.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(source => source.DeletedAt, now), cancellationToken);
        await AnnounceAsync(id, cancellationToken);
    }

    private async Task AnnounceAsync(Guid id, CancellationToken cancellationToken)
    {
        directory.Invalidate();
        await channel.NotifyAsync(HubNotice.SourceChanged, id, CancellationToken.None);
    }
}
