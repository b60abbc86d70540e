using Hub.Engine.Catalog;
using Hub.Storage;
using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Executions;

/// <summary>Executions as the API shows them.</summary>
internal sealed class ExecutionViews(HubDbContext database, WorkflowCatalog catalog)
{
    public static ExecutionSummary Summary(Execution execution) => new()
    {
        Id = execution.Id,
        WorkflowId = execution.WorkflowId,
        Version = execution.Version,
        Trigger = execution.Trigger,
        DeliveryId = execution.DeliveryId,
        Status = execution.Status,
        CreatedAt = execution.CreatedAt,
        StartedAt = execution.StartedAt,
        FinishedAt = execution.FinishedAt,
        WakeAt = execution.WakeAt,
        FailedTries = execution.FailedTries,
        Error = RawJson.From(execution.Error),
    };

    public async Task<ExecutionDetail?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await database.Executions.FirstOrDefaultAsync(execution => execution.Id == id, cancellationToken) is not { } execution)
        {
            return null;
        }

        var recorded = await database.ExecutionSteps.Where(step => step.ExecutionId == id).ToDictionaryAsync(step => step.StepId, cancellationToken);
        var plan = (await catalog.FindPlanAsync(execution.WorkflowId, execution.Version, cancellationToken)).Plan;
        var name = await database.Workflows.Where(workflow => workflow.Id == execution.WorkflowId).Select(workflow => workflow.Name).FirstOrDefaultAsync(cancellationToken);
        var hasEnded = ExecutionStateMachine.IsFinal(execution.Status);
        return new ExecutionDetail(Summary(execution))
        {
            WorkflowName = name,
            Input = RawJson.From(execution.Input),
            ReplayOf = execution.ReplayOf,
            EarlierVersions = execution.EarlierVersions ?? [],
            Steps = plan is null
                ? [.. recorded.Values.OrderBy(step => step.StartedAt).ThenBy(step => step.StepId, StringComparer.Ordinal).Select(step => View(step.StepId, null, step, hasEnded))]
                : [.. plan.Steps.Select(step => View(step.Definition.Id, step.Definition.Type, recorded.GetValueOrDefault(step.Definition.Id), hasEnded))],
        };
    }

    private static StepView View(string id, string? type, ExecutionStep? step, bool hasEnded) =>
        step is null
            ? new StepView(id, type, "pending", null, 0, null, null, null, null, null, null, null, null)
            : new StepView(
                id,
                type,
                StatusOf(step, hasEnded),
                step.Port,
                step.Attempts,
                RawJson.From(step.Input),
                RawJson.From(step.Output),
                RawJson.From(step.Error),
                RawJson.From(step.Errors),
                RawJson.From(step.Why),
                hasEnded ? null : step.WakeAt,
                step.StartedAt,
                step.FinishedAt);

    /// <summary>When the execution has ended, a step that rested goes on no more: its last try was the last, or it was not reached.</summary>
    private static string StatusOf(ExecutionStep step, bool hasEnded) => step.Status switch
    {
        StepStatus.Retrying when hasEnded && step.Attempts > 0 => StepStatusText.Of(StepStatus.Failed),
        StepStatus.Retrying or StepStatus.Waiting when hasEnded => "pending",
        var status => StepStatusText.Of(status),
    };
}
