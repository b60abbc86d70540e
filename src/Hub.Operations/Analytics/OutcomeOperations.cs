using Hub.Analytics.Workflows;
using Hub.Storage;

namespace Hub.Operations.Analytics;

/// <summary>How workflows went.</summary>
public sealed class OutcomeOperations(WorkflowStatistics statistics, TimeProvider time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    /// <summary>Of the executions that were created between two moments; the last day unless given.</summary>
    public async Task<OperationResult<OutcomesView>> ReadAsync(
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

        var end = to ?? time.GetUtcNow();
        var start = from ?? end - Usual;
        return start < end && end - start <= Longest
            ? new OutcomesView(start, end, await statistics.OutcomesAsync(start, end, cancellationToken))
            : OperationError.OfParameter("span_invalid", "from", $"'from' must lie before 'to', by at most {Longest.TotalDays:0} days.");
    }
}

public sealed record OutcomesView(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<WorkflowOutcomes> Workflows);
