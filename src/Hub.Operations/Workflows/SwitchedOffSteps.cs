using Hub.Engine.Resilience;
using Hub.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Workflows;

/// <summary>Steps that do not call a destination any more because it answered 410 Gone: shown with their workflow, and switched on again.</summary>
public sealed class SwitchedOffSteps(HubDatabase database, GoneDestinations gone)
{
    /// <summary>Has a step call its destinations again.</summary>
    public async Task<OperationResult<SwitchedOn>> SwitchOnAsync(WorkspaceScope scope, Guid id, string stepId, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (!await context.Workflows.AnyAsync(workflow => workflow.Id == id, cancellationToken))
        {
            return OperationError.NotFound("workflow");
        }

        return await gone.SwitchOnAsync(id, stepId, cancellationToken) is > 0 and var count
            ? new SwitchedOn(count)
            : OperationError.Conflict(
                "not_switched_off",
                $"No destination of the step '{stepId}' is switched off. The workflow's 'switchedOff' lists those that are."
            );
    }

    /// <param name="hub">Where the hub is reached.</param>
    internal static async Task<IReadOnlyList<SwitchedOffStep>> OfAsync(HubDbContext context, Guid workflow, string hub, CancellationToken cancellationToken) =>
        await context
            .GoneDestinations.Where(row => row.WorkflowId == workflow)
            .OrderBy(row => row.GoneAt)
            .Select(row => new SwitchedOffStep(
                row.StepId,
                row.Place,
                row.GoneAt,
                row.ExecutionId,
                $"{hub}/api/v1/workflows/{workflow}/steps/{row.StepId}/switch-on"
            ))
            .ToListAsync(cancellationToken);
}
