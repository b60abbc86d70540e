using System.Text.Json;
using Hub.Connectors;
using Hub.Engine.Credentials;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Notifications;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Hub.Operations.Credentials;

/// <summary>Adds, lists, changes and removes credentials, and tells every node.</summary>
public sealed class CredentialOperations(
    HubDatabase database,
    SecretVault vault,
    CredentialStore store,
    ConnectorRegistry connectors,
    HubChannel channel,
    TimeProvider time
)
{
    /// <summary>How many users an answer names.</summary>
    private const int MostUsers = 20;

    public async Task<OperationResult<CredentialView>> AddAsync(WorkspaceScope scope, NewCredential wanted, CancellationToken cancellationToken)
    {
        if (CredentialRules.Check(wanted, connectors) is { Count: > 0 } errors)
        {
            return OperationError.Invalid("credential_invalid", "The credential was not stored", errors);
        }

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
        await using var context = database.For(scope);
        context.Credentials.Add(credential);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return OperationError.Conflict(
                "credential_exists",
                $"There is a credential named '{wanted.Name}' already. Choose another name, or change that one."
            );
        }

        await AnnounceAsync(credential.Id);
        return View(credential);
    }

    /// <summary>By name.</summary>
    public async Task<CountedPage<CredentialView>> ListAsync(WorkspaceScope scope, int limit, int offset, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        var credentials = await context.Credentials.OrderBy(credential => credential.Name).Skip(offset).Take(limit).ToListAsync(cancellationToken);
        return new CountedPage<CredentialView>([.. credentials.Select(View)], await context.Credentials.CountAsync(cancellationToken), limit, offset);
    }

    /// <summary>Replaces the fields, all of them. The next step that names it gets the new ones.</summary>
    public async Task<OperationResult<CredentialView>> ChangeAsync(WorkspaceScope scope, Guid id, ChangedCredential wanted, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (await context.Credentials.AsTracking().FirstOrDefaultAsync(credential => credential.Id == id, cancellationToken) is not { } credential)
        {
            return OperationError.NotFound("credential");
        }

        if (CredentialRules.Check(wanted, credential, connectors) is { Count: > 0 } errors)
        {
            return OperationError.Invalid("credential_invalid", "The credential was not changed", errors);
        }

        Protect(credential, wanted.Fields);
        credential.UpdatedAt = time.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        await AnnounceAsync(credential.Id);
        return View(credential);
    }

    /// <summary>Null when it is gone.</summary>
    public async Task<OperationError?> RemoveAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (await context.Credentials.FirstOrDefaultAsync(credential => credential.Id == id, cancellationToken) is not { } found)
        {
            return OperationError.NotFound("credential");
        }

        if (await CredentialUses.OfAsync(context, found.Name, cancellationToken) is { Count: > 0 } users)
        {
            return InUse(found.Name, users);
        }

        if (await context.Credentials.Where(credential => credential.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return OperationError.NotFound("credential");
        }

        await AnnounceAsync(id);
        return null;
    }

    private CredentialView View(Credential credential) =>
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

    private static OperationError InUse(string name, IReadOnlyList<CredentialUse> users)
    {
        var first = $"the active workflow '{users[0].Workflow}' uses it (step {string.Join(", ", users[0].Steps)})";
        return OperationError
            .Conflict(
                "credential_in_use",
                $"The credential '{name}' was not deleted: {first}{(users.Count > 1 ? $", and {users.Count - 1} more" : "")}. Deactivate what uses it first, "
                    + "or give it new fields with PUT."
            )
            .With("usedBy", users.Take(MostUsers));
    }
}
