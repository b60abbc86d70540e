using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Sources;

/// <summary>The addresses of Sources, as rows and in the clear.</summary>
public sealed class StoredAddresses(SecretVault vault, AddressReader reader, TimeProvider time)
{
    private const int TokenBytes = 24;
    private const int ShownCharacters = 4;

    /// <summary>A new address, to be added.</summary>
    public SourceAddress New(Guid source)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        return new SourceAddress
        {
            Id = id,
            SourceId = source,
            Hash = AddressHash.Of(token)!.Value.ToBytes(),
            Protected = vault.Protect(SecretPlace.Address(id, source), Encoding.UTF8.GetBytes(token)),
            CreatedAt = now,
        };
    }

    /// <summary>The addresses under which each of the Sources receives.</summary>
    public async Task<ILookup<Guid, SourceAddress>> RowsOfAsync(HubDbContext context, IReadOnlyCollection<Guid> sources, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await context
            .SourceAddresses.Where(row => sources.Contains(row.SourceId) && (row.ExpiresAt == null || row.ExpiresAt > now))
            .OrderByDescending(row => row.CreatedAt)
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.SourceId);
    }

    /// <summary>The token of the present address among a Source's rows; null when it cannot be decrypted.</summary>
    public string? TokenOf(IEnumerable<SourceAddress> rows) => rows.FirstOrDefault(row => row.ExpiresAt is null) is { } present ? reader.Reveal(present) : null;

    /// <summary>Those that still work besides the present one, with enough to tell which is which.</summary>
    public IReadOnlyList<FormerAddressView>? FormerOf(IEnumerable<SourceAddress> rows)
    {
        var former = rows.Where(row => row.ExpiresAt is not null)
            .Select(row => new FormerAddressView(reader.Reveal(row)?[^ShownCharacters..], row.CreatedAt, row.ExpiresAt!.Value))
            .ToList();
        return former.Count == 0 ? null : former;
    }
}
