using Hub.Analytics.Ledger;
using Hub.Storage;
using Hub.Storage.Quarantine;

namespace Hub.Operations.Analytics;

/// <summary>Accounts for every request that was received.</summary>
public sealed class LedgerOperations(ConservationLedger ledger, RefusalCounts refusals, TimeProvider time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Between two moments, widened to whole minutes; the last day unless given.</summary>
    public async Task<OperationResult<LedgerView>> ReadAsync(
        WorkspaceScope scope,
        DateTimeOffset? from,
        DateTimeOffset? to,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (TimeBounds.Error(from, to) is { } error)
        {
            return error;
        }

        var end = UpToMinute(to ?? time.GetUtcNow());
        var start = WholeMinute.Of(from ?? end - Usual);
        if (start >= end || end - start > Longest + TimeSpan.FromMinutes(2))
        {
            return OperationError.OfParameter("span_invalid", "from", $"'from' must lie before 'to', by at most {Longest.TotalDays:0} days.");
        }

        // What this node has refused in the last seconds is part of the account.
        await refusals.FlushAsync(cancellationToken);
        if (await ledger.CountedSinceAsync(cancellationToken) is { } first && first > start && first < end)
        {
            start = first;
        }

        var entries = await ledger.ReadAsync(start, end, cancellationToken);
        return new LedgerView(start, end, entries.All(entry => entry.Closes), LedgerEntry.Total(entries), entries);
    }

    private static DateTimeOffset UpToMinute(DateTimeOffset time) => WholeMinute.Of(time.AddTicks(TimeSpan.TicksPerMinute - 1));
}

/// <param name="Closes">Whether the sums of every Source close.</param>
/// <param name="Total">All Sources together.</param>
public sealed record LedgerView(DateTimeOffset From, DateTimeOffset To, bool Closes, LedgerEntry Total, IReadOnlyList<LedgerEntry> Sources);
