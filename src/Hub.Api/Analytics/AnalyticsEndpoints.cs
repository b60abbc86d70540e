using Hub.Analytics.Workflows;
using Hub.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Analytics;

internal static class AnalyticsEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    public static void MapAnalytics(this IEndpointRouteBuilder app) =>
        app.MapApi("analytics", "Analytics")
            .MapGet("/workflows", Workflows)
            .WithName("getWorkflowOutcomes")
            .WithSummary("How each workflow's executions went that were created between from and to (the last day unless given).")
            .ProducesProblem(400);

    private static async Task<Results<Ok<OutcomesView>, ProblemHttpResult>> Workflows(
        WorkflowStatistics statistics,
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

        var end = to ?? time.GetUtcNow();
        var start = from ?? end - Usual;
        return start < end && end - start <= Longest
            ? TypedResults.Ok(new OutcomesView(start, end, await statistics.OutcomesAsync(start, end, cancellationToken)))
            : Problems.Create(400, "span_invalid", $"'from' must lie before 'to', by at most {Longest.TotalDays:0} days.");
    }
}

internal sealed record OutcomesView(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<WorkflowOutcomes> Workflows);
