using Hub.Api.Errors;
using Hub.Operations.Analytics;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Analytics;

internal static class AnalyticsEndpoints
{
    public static void MapAnalytics(this IEndpointRouteBuilder app) =>
        app.MapApi("analytics", "Analytics")
            .MapGet("/workflows", Workflows)
            .WithName("getWorkflowOutcomes")
            .WithSummary("How each workflow's executions went that were created between from and to (the last day unless given).")
            .ProducesProblem(400);

    private static async Task<Results<Ok<OutcomesView>, ProblemHttpResult>> Workflows(
        WorkspaceScope scope,
        OutcomeOperations outcomes,
        CancellationToken cancellationToken,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null
    ) => (await outcomes.ReadAsync(scope, from, to, cancellationToken)).Answer(TypedResults.Ok);
}
