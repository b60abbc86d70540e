using Hub.Api.Errors;
using Hub.Engine.Resilience;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Workflows;

/// <summary>Steps that do not call a destination any more because it answered 410 Gone: shown with their workflow, and switched on again.</summary>
internal static class SwitchedOffSteps
{
    public static void MapSwitchOn(this IEndpointRouteBuilder group) =>
        group
            .MapPost("/{id:guid}/steps/{stepId}/switch-on", SwitchOn)
            .WithName("switchOnStep")
            .WithSummary("Has a step call its destinations again that answered 410 Gone. Replay the dead letters from meanwhile afterwards.")
            .ProducesProblem(409);

    /// <param name="hub">Where the hub is reached.</param>
    public static async Task<IReadOnlyList<SwitchedOffStep>> OfAsync(HubDbContext database, Guid workflow, string hub, CancellationToken cancellationToken) =>
        await database
            .GoneDestinations.Where(gone => gone.WorkflowId == workflow)
            .OrderBy(gone => gone.GoneAt)
            .Select(gone => new SwitchedOffStep(
                gone.StepId,
                gone.Place,
                gone.GoneAt,
                gone.ExecutionId,
                $"{hub}/api/v1/workflows/{workflow}/steps/{gone.StepId}/switch-on"
            ))
            .ToListAsync(cancellationToken);

    private static async Task<Results<Ok<SwitchedOn>, ProblemHttpResult>> SwitchOn(
        Guid id,
        string stepId,
        HubDbContext database,
        GoneDestinations gone,
        CancellationToken cancellationToken
    )
    {
        if (!await database.Workflows.AnyAsync(workflow => workflow.Id == id, cancellationToken))
        {
            return Problems.NotFound("workflow");
        }

        return await gone.SwitchOnAsync(id, stepId, cancellationToken) is > 0 and var count
            ? TypedResults.Ok(new SwitchedOn(count))
            : Problems.Create(
                409,
                "not_switched_off",
                $"No destination of the step '{stepId}' is switched off. The workflow's 'switchedOff' lists those that are."
            );
    }
}
