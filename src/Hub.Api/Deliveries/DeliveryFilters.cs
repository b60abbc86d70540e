using Hub.Api.Errors;
using Hub.Api.Sources;
using Hub.Fields;
using Hub.Storage.Deliveries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Deliveries;

/// <summary>Reads what a search asks for.</summary>
internal sealed class DeliveryFilters(SourceNames names)
{
    private const int LongestText = 500;

    /// <summary>The query, or what is wrong with the filter.</summary>
    public async Task<(DeliveryQuery? Query, ProblemHttpResult? Problem)> ReadAsync(DeliveryFilter filter, string? verdict, CancellationToken cancellationToken)
    {
        if (TryReadVerdict(verdict) is not { } verdicts)
        {
            return (
                null,
                Problems.Create(400, "verdict_unknown", $"'{verdict}' is no verdict. Use accepted, duplicate, quarantined, bad_signature, stale or missing.")
            );
        }

        if (filter.Outcome is { } outcome && !DeliveryOutcome.All.Contains(outcome))
        {
            return (
                null,
                Problems.Create(
                    400,
                    "outcome_unknown",
                    $"'{outcome}' is not an outcome of a delivery. Use {string.Join(", ", DeliveryOutcome.All[..^1])} or {DeliveryOutcome.All[^1]}."
                )
            );
        }

        if (filter.Text is { } text && (text.Length == 0 || Characters.Count(text) > LongestText || text.Contains('\0', StringComparison.Ordinal)))
        {
            return (null, Problems.Create(400, "text_invalid", $"The text to look for has 1 to {LongestText} characters."));
        }

        foreach (var (name, value) in new[] { ("source", filter.Source), ("eventType", filter.EventType), ("key", filter.Key) })
        {
            if (value is not null && value.Contains('\0', StringComparison.Ordinal))
            {
                return (null, Problems.Create(400, "filter_invalid", $"'{name}' must not contain the character U+0000."));
            }
        }

        if (TimeBounds.Error(filter.From, filter.To) is { } error)
        {
            return (null, error);
        }

        if (filter.From >= filter.To)
        {
            return (null, Problems.Create(400, "span_invalid", "'from' must lie before 'to'."));
        }

        var (sources, unknown) = await names.MeantAsync(filter.Source, cancellationToken);
        if (unknown is not null)
        {
            return (null, unknown);
        }

        return (
            new DeliveryQuery
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
            },
            null
        );
    }

    private static DeliveryVerdicts? TryReadVerdict(string? verdict) =>
        verdict switch
        {
            null => DeliveryVerdicts.All,
            "accepted" => DeliveryVerdicts.Accepted,
            "duplicate" => DeliveryVerdicts.Duplicate,
            "quarantined" => DeliveryVerdicts.Quarantined,
            "bad_signature" => DeliveryVerdicts.BadSignature,
            "stale" => DeliveryVerdicts.Stale,
            "missing" => DeliveryVerdicts.Missing,
            _ => null,
        };
}
