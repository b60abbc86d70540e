using Hub.Api.Errors;
using Hub.Operations.Analytics;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Analytics;

internal static class LedgerEndpoints
{
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
        WorkspaceScope scope,
        LedgerOperations ledger,
        CancellationToken cancellationToken,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null
    ) => (await ledger.ReadAsync(scope, from, to, cancellationToken)).Answer(TypedResults.Ok);
}
