using System.Security.Cryptography;
using System.Text;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;

namespace Hub.Engine.Intake;

/// <summary>Keeps what providers hand over by handshake until the operator has compared and adopted it. Nothing is adopted here.</summary>
public sealed class HandshakeSecrets(HubDatabase database, SecretVault vault)
{
    /// <summary>Keeps a secret, the last few of a Source only. One that is known already is not kept twice.</summary>
    public async Task KeepAsync(Guid source, string handshake, string secret, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        await using var context = database.CreateContext();
        var kept = await context.SourceHandshakes.AsTracking().Where(row => row.SourceId == source).OrderByDescending(row => row.ReceivedAt).ToListAsync(cancellationToken);
        if (kept.Find(row => Reveal(row) == secret) is { } known)
        {
            known.ReceivedAt = receivedAt;
        }
        else
        {
            context.SourceHandshakes.RemoveRange(kept.Skip(SourceHandshake.Most - 1));
            context.SourceHandshakes.Add(new SourceHandshake
            {
                Id = Guid.CreateVersion7(receivedAt),
                SourceId = source,
                Name = handshake,
                Protected = vault.Protect(Encoding.UTF8.GetBytes(secret)),
                ReceivedAt = receivedAt,
            });
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException conflict)
        {
            // Another one came at the same moment and has put the oldest aside already; this sender will ask again.
            throw new TimeoutException("Another handshake came at the same moment.", conflict);
        }
    }

    /// <summary>The secret in the clear; null when it was encrypted with another key ring.</summary>
    public string? Reveal(SourceHandshake row)
    {
        try
        {
            return Encoding.UTF8.GetString(vault.Unprotect(row.Protected));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
