using System.Text.Json;
using Hub.Engine.Credentials;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Notifications;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Hub.Api.Credentials;

/// <summary>Adds, changes and removes credentials, and tells every node.</summary>
internal sealed class CredentialBox(HubDbContext database, SecretVault vault, CredentialStore store, HubChannel channel, TimeProvider time)
{
    /// <summary>The new credential; null when the name is taken.</summary>
    /// <param name="wanted">One that passed <see cref="CredentialRules"/>.</param>
    public async Task<Credential?> AddAsync(NewCredential wanted, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var credential = new Credential
        {
            Id = Guid.CreateVersion7(now),
            Name = wanted.Name!,
            Connector = wanted.Connector!,
            ProtectedFields = [],
            CreatedAt = now,
            UpdatedAt = now,
        };
        Protect(credential, wanted.Fields);
        database.Credentials.Add(credential);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return null;
        }

        await AnnounceAsync(credential.Id);
        return credential;
    }

    public Task<Credential?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.Credentials.AsTracking().FirstOrDefaultAsync(credential => credential.Id == id, cancellationToken);

    /// <summary>Replaces the fields of a credential that was found here. The next step that names it gets the new ones.</summary>
    public async Task ChangeAsync(Credential credential, IReadOnlyDictionary<string, string>? fields, CancellationToken cancellationToken)
    {
        Protect(credential, fields);
        credential.UpdatedAt = time.GetUtcNow();
        await database.SaveChangesAsync(cancellationToken);
        await AnnounceAsync(credential.Id);
    }

    /// <summary>False when there is none.</summary>
    public async Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await database.Credentials.Where(credential => credential.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await AnnounceAsync(id);
        return true;
    }

    public CredentialView View(Credential credential) =>
        new(
            credential.Id,
            credential.Name,
            credential.Connector,
            credential.CreatedAt,
            credential.UpdatedAt,
            Unreadable: !vault.TryReveal(credential.Place, credential.ProtectedFields, out _)
        );

    private void Protect(Credential credential, IReadOnlyDictionary<string, string>? fields) =>
        credential.ProtectedFields = vault.Protect(
            credential.Place,
            JsonSerializer.SerializeToUtf8Bytes(fields ?? new Dictionary<string, string>(StringComparer.Ordinal))
        );

    private async Task AnnounceAsync(Guid id)
    {
        store.Invalidate();
        await channel.NotifyAsync(HubNotice.CredentialChanged, id, CancellationToken.None);
    }
}
