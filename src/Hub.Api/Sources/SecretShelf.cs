using System.Text;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Sources;

/// <summary>The secrets of Sources, as rows and in the clear.</summary>
internal sealed class SecretShelf(HubDbContext database, SecretVault vault, TimeProvider time)
{
    private const int ShownCharacters = 3;
    private const int LeastForHint = 16;

    /// <summary>The Source's rows that are not expired, to be changed; in the order in which they were made.</summary>
    public Task<List<SourceSecret>> RowsOfAsync(Guid source, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.SourceSecrets.AsTracking()
            .Where(secret => secret.SourceId == source && (secret.ExpiresAt == null || secret.ExpiresAt > now))
            .OrderBy(secret => secret.CreatedAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>How many secrets each of the Sources has that are accepted now.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> CountAsync(IReadOnlyCollection<Guid> sources, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await database.SourceSecrets
            .Where(secret => sources.Contains(secret.SourceId) && (secret.ExpiresAt == null || secret.ExpiresAt > now))
            .GroupBy(secret => secret.SourceId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    /// <summary>New rows. The first secret counts as the newest: it is the one that handshakes are answered with.</summary>
    public IEnumerable<SourceSecret> Rows(Guid source, IReadOnlyList<string> secrets)
    {
        var now = time.GetUtcNow();
        return secrets.Select((secret, i) => new SourceSecret
        {
            Id = Guid.CreateVersion7(now),
            SourceId = source,
            Protected = vault.Protect(Encoding.UTF8.GetBytes(secret)),
            CreatedAt = now.AddMicroseconds(-i),
        });
    }

    public string Reveal(SourceSecret row) => Encoding.UTF8.GetString(vault.Unprotect(row.Protected));

    /// <summary>Enough to tell one secret from another, and nothing of a short one. What stands before a colon is a name.</summary>
    public SecretView View(SourceSecret row)
    {
        var secret = Reveal(row);
        var word = secret.AsSpan(secret.LastIndexOf(':') + 1);
        return new SecretView(row.Id, row.CreatedAt, row.LastUsedAt, row.ExpiresAt, word.Length >= LeastForHint ? word[^ShownCharacters..].ToString() : null);
    }
}
