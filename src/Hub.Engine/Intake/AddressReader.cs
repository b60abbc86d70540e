using System.Text;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;

namespace Hub.Engine.Intake;

/// <summary>Decrypts the tokens of Sources, for people and for signatures that cover the address. Receiving needs only their hashes.</summary>
public sealed class AddressReader(HubDatabase database, SecretVault vault)
{
    /// <summary>The token; null when it cannot be decrypted.</summary>
    public string? Reveal(SourceAddress row) =>
        vault.TryReveal(SecretPlace.Address(row.Id, row.SourceId), row.Protected, out var token) ? Encoding.UTF8.GetString(token) : null;

    /// <summary>A URL as it was called, from what was kept of it; as it was kept when its address is gone or cannot be decrypted.</summary>
    public async Task<string> RestoreAsync(string kept, CancellationToken cancellationToken)
    {
        if (IncomingAddress.HashOf(kept) is not { } hash)
        {
            return kept;
        }

        var bytes = hash.ToBytes();
        await using var context = database.AcrossWorkspaces();
        return await context.SourceAddresses.FirstOrDefaultAsync(row => row.Hash == bytes, cancellationToken) is { } row && Reveal(row) is { } token
            ? IncomingAddress.Restore(kept, token)
            : kept;
    }
}
