using Hub.Api.Errors;
using Hub.Storage;
using Hub.Storage.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Sources;

/// <summary>Gives a Source a new address. The former ones go on for a time, so that the sender can change over without a gap.</summary>
internal sealed class AddressRotation(HubDbContext database, StoredAddresses stored, SourceRegistrar registrar, TimeProvider time)
{
    private const int MostAddresses = 10;
    private const int LongestOverlap = 90 * 86_400;
    private const int UsualOverlap = 86_400;

    /// <summary>Requests lie in quarantine under an address that has ended, and need it to be judged again.</summary>
    private static readonly TimeSpan EndedOnesStay = TimeSpan.FromDays(30);

    /// <summary>The Source with its new address.</summary>
    /// <param name="overlapSeconds">How long the former addresses go on; those that end earlier still do. Null for the usual.</param>
    public async Task<(Source? Source, ProblemHttpResult? Problem)> RotateAsync(Guid id, int? overlapSeconds, CancellationToken cancellationToken)
    {
        if (overlapSeconds is < 0 or > LongestOverlap)
        {
            var error = new FieldError(
                "/overlapSeconds",
                "overlap_invalid",
                $"An overlap lies between 0 and {LongestOverlap} seconds.",
                $"Leave it out for {UsualOverlap}, a day; 0 ends the former address now."
            );
            return (null, Problems.Create(400, "overlap_invalid", $"The address was not changed: {error.Message}", [error]));
        }

        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await registrar.LockAsync(id, cancellationToken) is not { } source)
        {
            return (null, Problems.NotFound("Source"));
        }

        var now = time.GetUtcNow();
        var rows = await database.SourceAddresses.AsTracking().Where(row => row.SourceId == id).ToListAsync(cancellationToken);
        database.SourceAddresses.RemoveRange(rows.Where(row => row.ExpiresAt < now - EndedOnesStay));
        var end = now.AddSeconds(overlapSeconds ?? UsualOverlap);
        foreach (var row in rows.Where(row => row.ExpiresAt is null || row.ExpiresAt > end))
        {
            row.ExpiresAt = end;
        }

        if (rows.Count(row => row.ExpiresAt > now) >= MostAddresses)
        {
            return (
                null,
                Problems.Create(
                    409,
                    "too_many_addresses",
                    $"A Source has at most {MostAddresses} addresses at once. Wait until former ones end, or end them with \"overlapSeconds\": 0."
                )
            );
        }

        database.SourceAddresses.Add(stored.New(id));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await registrar.AnnounceAsync(id);
        return (source, null);
    }
}
