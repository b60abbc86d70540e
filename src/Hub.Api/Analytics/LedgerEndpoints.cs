using Hub.Analytics.Ledger;
using Hub.Api.Errors;
using Hub.Storage;
using Hub.Storage.Quarantine;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Analytics;

internal static class LedgerEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static void MapLedger(this IEndpointRouteBuilder app) =>
        app.MapApi("ledger", "Analytics")
            .MapGet("", Get)
            .WithName("getLedger")
            .WithSummary(
                "Accounts for every request received between from and to (the last day unless given; widened to whole minutes): the sums close, or the "
                    + "difference is named."
            )
            .ProducesProblem(400);

    private static async Task<Results<Ok<LedgerView>, ProblemHttpResult>> Get(
        ConservationLedger ledger,
        RefusalCounts refusals,
        TimeProvider time,
        CancellationToken cancellationToken,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null
    )
    {
        if (TimeBounds.Error(from, to) is { } error)
        {
            return error;
        }

        var end = UpToMinute(to ?? time.GetUtcNow());
        var start = WholeMinute.Of(from ?? end - Usual);
        if (start >= end || end - start > Longest + TimeSpan.FromMinutes(2))
        {
            return Problems.Create(400, "span_invalid", $"'from' must lie before 'to', by at most {Longest.TotalDays:0} days.");
        }

        // What this node has refused in the last seconds is part of the account.
        await refusals.FlushAsync(cancellationToken);
        if (await ledger.CountedSinceAsync(cancellationToken) is { } first && first > start && first < end)
        {
            start = first;
        }

        var entries = await ledger.ReadAsync(start, end, cancellationToken);
        return TypedResults.Ok(new LedgerView(start, end, entries.All(entry => entry.Closes), LedgerEntry.Total(entries), entries));
    }

    private static DateTimeOffset UpToMinute(DateTimeOffset time) => WholeMinute.Of(time.AddTicks(TimeSpan.TicksPerMinute - 1));
}

/// <param name="Closes">Whether the sums of every Source close.</param>
/// <param name="Total">All Sources together.</param>
internal sealed record LedgerView(DateTimeOffset From, DateTimeOffset To, bool Closes, LedgerEntry Total, IReadOnlyList<LedgerEntry> Sources);
