using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Operations.Executions;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Executions;

internal static class ExecutionEndpoints
{
    public static void MapExecutions(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("executions", "Executions");
        group
            .MapGet("", List)
            .WithName("listExecutions")
            .WithSummary(
                "Newest first. Filters: workflow (id or name), workflowId, source (id or name, of the delivery it runs for), status, code (of the error it "
                    + "failed with), from, to. Walk on with cursor=next."
            )
            .ProducesProblem(400);
        group
            .MapGet("/{id:guid}", Get)
            .WithName("getExecution")
            .WithSummary("One execution with every step: input, output, errors, and why each branch was taken.");
        group
            .MapPost("/{id:guid}/cancel", Cancel)
            .WithName("cancelExecution")
            .WithSummary("Cancels it. A call under way is abandoned; whether it reached the other side is unknown.")
            .ProducesProblem(409);
        group
            .MapPost("/{id:guid}/retry", Retry)
            .WithName("retryExecution")
            .WithSummary("Runs a failed or cancelled execution on; steps that completed are not run again. The version is chosen as for a replay.")
            .ProducesProblem(409);
    }

    private static async Task<Results<Ok<KeysetPage<ExecutionSummary>>, ProblemHttpResult>> List(
        WorkspaceScope scope,
        ExecutionOperations executions,
        CancellationToken cancellationToken,
        Guid? workflowId = null,
        string? workflow = null,
        string? source = null,
        string? status = null,
        string? code = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        Guid? cursor = null,
        [Range(1, PageSize.Most)] int limit = PageSize.Default
    )
    {
        var wanted = new ExecutionQuery(workflowId, workflow, source, status, code, from, to, cursor, limit);
        return (await executions.ListAsync(scope, wanted, cancellationToken)).Answer(TypedResults.Ok);
    }

    private static async Task<Results<Ok<ExecutionDetail>, ProblemHttpResult>> Get(
        Guid id,
        WorkspaceScope scope,
        ExecutionOperations executions,
        CancellationToken cancellationToken
    ) => (await executions.FindAsync(scope, id, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Ok<ExecutionDetail>, ProblemHttpResult>> Cancel(
        Guid id,
        WorkspaceScope scope,
        ExecutionOperations executions,
        CancellationToken cancellationToken
    ) => (await executions.CancelAsync(scope, id, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Accepted<ExecutionDetail>, ProblemHttpResult>> Retry(
        Guid id,
        WorkspaceScope scope,
        ExecutionOperations executions,
        CancellationToken cancellationToken
    ) => (await executions.RetryAsync(scope, id, cancellationToken)).Answer(detail => TypedResults.Accepted((string?)null, detail));
}
