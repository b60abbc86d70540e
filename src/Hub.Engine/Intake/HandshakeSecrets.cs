using System.Text;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;

namespace Hub.Engine.Intake;

/// <summary>Keeps what providers hand over by handshake until the operator has compared and adopted it. Nothing is adopted here.</summary>
public sealed class HandshakeSecrets(HubDatabase database, SecretVault vault, SecretReader reader, TimeProvider time)
{
    /// <summary>Anybody who knows the address can hand over secrets: beyond this rate, for each Source, they are not looked at.</summary>
    private static readonly RateLimitSettings Rate = new(1, 5);

    private static readonly TimeSpan FirstOnesStay = TimeSpan.FromHours(1);

    private readonly RateLimits _rates = new(time);

    /// <summary>
    /// Keeps a secret: the last few of a Source, and the first few of late. One that is known already is not kept twice, and one of too many not at all.
    /// </summary>
    public async Task KeepAsync(Guid source, string handshake, string secret, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (_rates.Of(source, Rate) is { } rate && !rate.TryTake(out _))
        {
            return;
        }

        await using var context = database.AcrossWorkspaces();
        var kept = await context
            .SourceHandshakes.AsTracking()
            .Where(row => row.SourceId == source)
            .OrderByDescending(row => row.ReceivedAt)
            .ToListAsync(cancellationToken);
        if (kept.Find(row => reader.Reveal(row) == secret) is { } known)
        {
            known.ReceivedAt = receivedAt;
        }
        else
        {
            context.SourceHandshakes.RemoveRange(Leaving(kept, receivedAt));
            var id = Guid.CreateVersion7(receivedAt);
            context.SourceHandshakes.Add(
                new SourceHandshake
                {
                    Id = id,
                    SourceId = source,
                    Name = handshake,
                    Protected = vault.Protect(SecretPlace.Handshake(id, source), Encoding.UTF8.GetBytes(secret)),
                    ReceivedAt = receivedAt,
                }
            );
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

    /// <summary>Those that make room for one more. Ids begin with the time at which a secret first came.</summary>
    /// <param name="kept">The latest first.</param>
    private static IEnumerable<SourceHandshake> Leaving(List<SourceHandshake> kept, DateTimeOffset receivedAt)
    {
        var lately = TimedId.FirstOf(receivedAt - FirstOnesStay);
        var first = kept.Where(row => row.Id >= lately).OrderBy(row => row.Id).Take(SourceHandshake.First);
        return kept.Skip(SourceHandshake.Last - 1).Except(first);
    }
}
