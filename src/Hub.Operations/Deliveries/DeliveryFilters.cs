using Hub.Fields;
using Hub.Operations.Sources;
using Hub.Storage;
using Hub.Storage.Deliveries;

namespace Hub.Operations.Deliveries;

/// <summary>Reads what a search asks for.</summary>
internal static class DeliveryFilters
{
    private const int LongestText = 500;

    /// <summary>The query, or what is wrong with the filter.</summary>
    public static async Task<OperationResult<DeliveryQuery>> ReadAsync(
        HubDbContext context,
        DeliveryFilter filter,
        string? verdict,
        CancellationToken cancellationToken
    )
    {
        if (TryReadVerdict(verdict) is not { } verdicts)
        {
            return OperationError.OfParameter(
                "verdict_unknown",
                "verdict",
                $"'{verdict}' is no verdict. Use accepted, duplicate, quarantined, bad_signature, stale or missing."
            );
        }

        if (filter.Outcome is { } outcome && !DeliveryOutcome.All.Contains(outcome))
        {
            return OperationError.OfParameter(
                "outcome_unknown",
                "outcome",
                $"'{outcome}' is not an outcome of a delivery. Use {string.Join(", ", DeliveryOutcome.All[..^1])} or {DeliveryOutcome.All[^1]}."
            );
        }

        if (filter.Text is { } text && (text.Length == 0 || Characters.Count(text) > LongestText || text.Contains('\0', StringComparison.Ordinal)))
        {
            return OperationError.OfParameter("text_invalid", "text", $"The text to look for has 1 to {LongestText} characters.");
        }

        foreach (var (name, value) in new[] { ("source", filter.Source), ("eventType", filter.EventType), ("key", filter.Key) })
        {
            if (value is not null && value.Contains('\0', StringComparison.Ordinal))
            {
                return OperationError.OfParameter("filter_invalid", name, $"'{name}' must not contain the character U+0000.");
            }
        }

        if (TimeBounds.Error(filter.From, filter.To) is { } error)
        {
            return error;
        }

        if (filter.From >= filter.To)
        {
            return OperationError.OfParameter("span_invalid", "from", "'from' must lie before 'to'.");
        }

        var (sources, unknown) = await SourceNames.MeantAsync(context, filter.Source, cancellationToken);
        if (unknown is not null)
        {
            return unknown;
        }

        return new DeliveryQuery
        {
            Sources = sources,
            From = filter.From,
            To = filter.To,
            Verdicts = verdicts,
            EventType = filter.EventType,
            Key = filter.Key,
            Text = filter.Text,
            Outcome = filter.Outcome,
            Before = filter.Cursor,
        };
    }

    private static DeliveryVerdicts? TryReadVerdict(string? verdict) =>
        verdict switch
        {
            null => DeliveryVerdicts.All,
            DeliveryVerdictText.Accepted => DeliveryVerdicts.Accepted,
            DeliveryVerdictText.Duplicate => DeliveryVerdicts.Duplicate,
            DeliveryVerdictText.Quarantined => DeliveryVerdicts.Quarantined,
            DeliveryVerdictText.BadSignature => DeliveryVerdicts.BadSignature,
            DeliveryVerdictText.Stale => DeliveryVerdicts.Stale,
            DeliveryVerdictText.Missing => DeliveryVerdicts.Missing,
            _ => null,
        };
}
