using System.Text;
using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Sources;

/// <summary>The secrets of Sources, as rows and in the clear.</summary>
public sealed class StoredSecrets(SecretVault vault, SecretReader reader, TimeProvider time)
{
    private const int ShownCharacters = 3;
    private const int LeastForHint = 16;

    /// <summary>The Source's rows that are not expired, to be changed; in the order in which they were made.</summary>
    public Task<List<SourceSecret>> RowsOfAsync(HubDbContext context, Guid source, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return context
            .SourceSecrets.AsTracking()
            .Where(secret => secret.SourceId == source && (secret.ExpiresAt == null || secret.ExpiresAt > now))
            .OrderBy(secret => secret.CreatedAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The rows of each of the Sources that are not expired.</summary>
    public async Task<ILookup<Guid, SourceSecret>> RowsOfAsync(HubDbContext context, IReadOnlyCollection<Guid> sources, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await context
            .SourceSecrets.Where(secret => sources.Contains(secret.SourceId) && (secret.ExpiresAt == null || secret.ExpiresAt > now))
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.SourceId);
    }

    /// <summary>New rows. The first secret counts as the newest: it is the one that handshakes are answered with.</summary>
    public IEnumerable<SourceSecret> Rows(Guid source, IReadOnlyList<string> secrets)
    {
        var now = time.GetUtcNow();
        return secrets.Select((secret, i) => Row(source, secret, now.AddMicroseconds(-i)));
    }

    /// <summary>The secret in the clear; null when it cannot be decrypted.</summary>
    public string? Reveal(SourceSecret row) => reader.Reveal(row);

    /// <summary>Enough to tell one secret from another, and nothing of a short one. What stands before a colon is a name.</summary>
    public SecretView View(SourceSecret row)
    {
        var secret = Reveal(row);
        return new SecretView(row.Id, row.CreatedAt, row.LastUsedAt, row.ExpiresAt, HintOf(secret), Unreadable: secret is null);
    }

    private SourceSecret Row(Guid source, string secret, DateTimeOffset createdAt)
    {
        var id = Guid.CreateVersion7(createdAt);
        var encrypted = vault.Protect(SecretPlace.SourceSecret(id, source), Encoding.UTF8.GetBytes(secret));
        return new SourceSecret
        {
            Id = id,
            SourceId = source,
            Protected = encrypted,
            CreatedAt = createdAt,
        };
    }

    private static string? HintOf(string? secret)
    {
        var word = secret.AsSpan((secret?.LastIndexOf(':') ?? -1) + 1);
        return word.Length < LeastForHint ? null
            : word[^ShownCharacters..].ToString() is var end && char.IsLowSurrogate(end[0]) ? end[1..]
            : end;
    }
}
