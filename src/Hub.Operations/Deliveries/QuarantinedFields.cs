using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Deliveries;
using Hub.Storage.Quarantine;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Deliveries;

/// <summary>
/// The kind of event and the id of requests in quarantine, as their Sources read them now. At the door nobody looks for them in a request that is refused.
/// </summary>
public sealed class QuarantinedFields(SourceDirectory sources, QuarantineReader reader)
{
    /// <summary>Larger requests are not read for lists, in bytes.</summary>
    private const int LargestInLists = 64 << 10;

    /// <summary>The rows of a list, with what can be read of those in quarantine.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> FillAsync(HubDbContext context, IReadOnlyList<DeliveryRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Where(row => row.Verdict is not (DeliveryVerdictText.Accepted or DeliveryVerdictText.Duplicate)).Select(row => row.Id).ToArray();
        if (ids.Length == 0)
        {
            return rows;
        }

        var fields = new Dictionary<Guid, (string? EventType, string? DedupeKey)>();
        foreach (
            var aside in await context.Quarantine.Where(request => ids.Contains(request.Id) && request.Size <= LargestInLists).ToListAsync(cancellationToken)
        )
        {
            fields[aside.Id] = await OfAsync(aside, cancellationToken);
        }

        return [.. rows.Select(row => fields.TryGetValue(row.Id, out var read) ? row with { EventType = read.EventType, DedupeKey = read.DedupeKey } : row)];
    }

    /// <summary>Of one, however large; nulls when its Source was deleted or cannot judge requests.</summary>
    public async ValueTask<(string? EventType, string? DedupeKey)> OfAsync(QuarantinedRequest aside, CancellationToken cancellationToken) =>
        await sources.FindAsync(aside.SourceId, cancellationToken) is { } source ? reader.FieldsOf(aside, source) : default;
}
