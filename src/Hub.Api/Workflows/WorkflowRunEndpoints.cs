using Hub.Api.Bodies;
using Hub.Api.Errors;
using Hub.Operations.Workflows;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Workflows;

/// <summary>Whether and how a workflow runs: by its Source, by hand, and with which of its steps.</summary>
internal static class WorkflowRunEndpoints
{
    private const int LargestInput = 1 << 20;

    public static void MapRuns(this RouteGroupBuilder group)
    {
        group
            .MapPost("/{id:guid}/activate", Activate)
            .WithName("activateWorkflow")
            .WithSummary("Has the newest version run from now on, by the deliveries of its Source.");
        group.MapPost("/{id:guid}/deactivate", Deactivate).WithName("deactivateWorkflow").WithSummary("Has it started by nothing; executions under way go on.");
        group
            .MapPost("/{id:guid}/execute", Execute)
            .WithName("executeWorkflow")
            .WithSummary(
                "Runs the newest version by hand; the JSON body is its trigger.body. With an Idempotency-Key a repetition answers 200 with the first "
                    + "execution and starts nothing."
            )
            .TakesJsonText()
            .ProducesProblem(422);
        group
            .MapPost("/{id:guid}/steps/{stepId}/switch-on", SwitchOn)
            .WithName("switchOnStep")
            .WithSummary("Has a step call its destinations again that answered 410 Gone. Replay the dead letters from meanwhile afterwards.")
            .ProducesProblem(409);
    }

    private static async Task<Results<Ok<WorkflowView>, ProblemHttpResult>> Activate(
        Guid id,
        WorkspaceScope scope,
        WorkflowOperations workflows,
        CancellationToken cancellationToken
    ) => (await workflows.ActivateAsync(scope, id, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Ok<WorkflowView>, ProblemHttpResult>> Deactivate(
        Guid id,
        WorkspaceScope scope,
        WorkflowOperations workflows,
        CancellationToken cancellationToken
    ) => (await workflows.DeactivateAsync(scope, id, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Accepted<StartedByHand>, Ok<StartedByHand>, ProblemHttpResult>> Execute(
        Guid id,
        HttpContext context,
        BodyReader bodies,
        WorkspaceScope scope,
        WorkflowStart start,
        PublicAddress address,
        CancellationToken cancellationToken
    )
    {
        using var body = await bodies.ReadAsync(context, Guid.Empty, LargestInput);
        if (body.Bytes is not { } input)
        {
            return BodyProblem.Of(body, "An input", context);
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (!(await start.ExecuteAsync(scope, id, input, key, cancellationToken)).Succeeded(out var started, out var error))
        {
            return error.ToProblem();
        }

        var answer = new StartedByHand(started.ExecutionId, $"{address.Of(context.Request)}/api/v1/executions/{started.ExecutionId}");
        return started.IsRepetition ? TypedResults.Ok(answer) : TypedResults.Accepted((string?)null, answer);
    }

    private static async Task<Results<Ok<SwitchedOn>, ProblemHttpResult>> SwitchOn(
        Guid id,
        string stepId,
        WorkspaceScope scope,
        SwitchedOffSteps steps,
        CancellationToken cancellationToken
    ) => (await steps.SwitchOnAsync(scope, id, stepId, cancellationToken)).Answer(TypedResults.Ok);
}
