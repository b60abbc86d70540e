using Hub.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Sources;

/// <summary>Gives a Source a new address. The former ones go on for a time, so that the sender can change over without a gap.</summary>
public sealed class AddressRotation(HubDatabase database, StoredAddresses addresses, SourceChanges changes, SourceViews views, TimeProvider time)
{
    private const int MostAddresses = 10;
    private const int LongestOverlap = 90 * 86_400;
    private const int UsualOverlap = 86_400;

    /// <summary>Requests lie in quarantine under an address that has ended, and need it to be judged again.</summary>
    private static readonly TimeSpan EndedOnesStay = TimeSpan.FromDays(30);

    /// <summary>The Source with its new address.</summary>
    /// <param name="overlapSeconds">How long the former addresses go on; those that end earlier still do. Null for the usual.</param>
    /// <param name="hub">Where senders reach the hub.</param>
    public async Task<OperationResult<SourceView>> RotateAsync(
        WorkspaceScope scope,
        Guid id,
        int? overlapSeconds,
        WebhookOrigin hub,
        CancellationToken cancellationToken
    )
    {
        if (overlapSeconds is < 0 or > LongestOverlap)
        {
            var error = new FieldError(
                "/overlapSeconds",
                "overlap_invalid",
                $"An overlap lies between 0 and {LongestOverlap} seconds.",
                $"Leave it out for {UsualOverlap}, a day; 0 ends the former address now."
            );
            return OperationError.Invalid("overlap_invalid", "The address was not changed", [error]);
        }

        await using var context = database.For(scope);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await SourceChanges.LockAsync(context, id, cancellationToken) is not { } source)
        {
            return OperationError.NotFound("Source");
        }

        var now = time.GetUtcNow();
        var rows = await context.SourceAddresses.AsTracking().Where(row => row.SourceId == id).ToListAsync(cancellationToken);
        context.SourceAddresses.RemoveRange(rows.Where(row => row.ExpiresAt < now - EndedOnesStay));
        var end = now.AddSeconds(overlapSeconds ?? UsualOverlap);
        foreach (var row in rows.Where(row => row.ExpiresAt is null || row.ExpiresAt > end))
        {
            row.ExpiresAt = end;
        }

        if (rows.Count(row => row.ExpiresAt > now) >= MostAddresses)
        {
            return OperationError.Conflict(
                "too_many_addresses",
                $"A Source has at most {MostAddresses} addresses at once. Wait until former ones end, or end them with \"overlapSeconds\": 0."
            );
        }

        context.SourceAddresses.Add(addresses.New(id));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await changes.AnnounceAsync(id);
        return await views.OfAsync(context, source, hub, cancellationToken);
    }
}
