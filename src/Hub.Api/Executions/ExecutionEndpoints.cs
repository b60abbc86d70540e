using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Api.Sources;
using Hub.Api.Workflows;
using Hub.Engine.Executions;
using Hub.Storage;
using Hub.Storage.Executions;
using Hub.Storage.Notifications;
using Hub.Storage.Queue;
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
        HubDbContext database,
        ExecutionViews views,
        ExecutionSearch search,
        WorkflowNames names,
        SourceNames sources,
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
        if (TimeBounds.Error(from, to) is { } error)
        {
            return error;
        }

        var executions = code is null ? database.Executions : database.Executions.FailedWithCode(code);
        if (status is not null)
        {
            if (!ExecutionStatusText.TryParse(status, out var wanted))
            {
                return Problems.Create(
                    400,
                    "status_unknown",
                    $"'{status}' is not a state of an execution. Use pending, running, waiting, retrying, completed, failed or cancelled."
                );
            }

            executions = executions.In(wanted);
        }

        var (meant, problem) = await names.MeantAsync(workflowId, workflow, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        var (ofSources, refused) = await sources.MeantAsync(source, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        var page = await search.FindAsync(executions.CreatedWithin(from, to), meant, ofSources, cursor, limit, cancellationToken);
        return TypedResults.Ok(new KeysetPage<ExecutionSummary>(await views.SummariesAsync(page.Rows, cancellationToken), page.Next));
    }

    private static async Task<Results<Ok<ExecutionDetail>, ProblemHttpResult>> Get(Guid id, ExecutionViews views, CancellationToken cancellationToken) =>
        await views.FindAsync(id, cancellationToken) is { } detail ? TypedResults.Ok(detail) : Problems.NotFound("execution");

    private static async Task<Results<Ok<ExecutionDetail>, ProblemHttpResult>> Cancel(
        Guid id,
        ExecutionViews views,
        ExecutionQueue queue,
        RunningExecutions running,
        HubChannel channel,
        CancellationToken cancellationToken
    )
    {
        if (await queue.CancelAsync(id, cancellationToken) is { } claim)
        {
            running.Cancel(id, claim);
            await channel.NotifyAsync(HubNotice.Cancelled, id, CancellationToken.None, claim);
            return TypedResults.Ok((await views.FindAsync(id, cancellationToken))!);
        }

        return await RefusalAsync(id, "cancelled", views, cancellationToken);
    }

    private static async Task<Results<Accepted<ExecutionDetail>, ProblemHttpResult>> Retry(
        Guid id,
        ExecutionViews views,
        ExecutionRetry retry,
        WakeSignal wake,
        HubChannel channel,
        CancellationToken cancellationToken
    )
    {
        if (await retry.RunAsync(id, cancellationToken) is { } retried)
        {
            var detail = await views.FindAsync(id, cancellationToken);
            wake.Now();
            await channel.NotifyAsync(HubNotice.Due, id, CancellationToken.None);
            return TypedResults.Accepted((string?)null, detail! with { OlderVersion = retried.OlderVersion });
        }

        return await RefusalAsync(id, "retried", views, cancellationToken);
    }

    private static async Task<ProblemHttpResult> RefusalAsync(Guid id, string request, ExecutionViews views, CancellationToken cancellationToken) =>
        await views.FindAsync(id, cancellationToken) is { } detail
            ? Problems.Create(409, "state_conflict", $"The execution is {detail.Status.ToText()} and cannot be {request}.")
            : Problems.NotFound("execution");
}
