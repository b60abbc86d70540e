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
        var plan = await catalog.FindPlanAsync(execution.WorkflowId, execution.Version, cancellationToken);
        var name = await database.Workflows.Where(workflow => workflow.Id == execution.WorkflowId).Select(workflow => workflow.Name).FirstOrDefaultAsync(cancellationToken);
        return new ExecutionDetail
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
            WorkflowName = name,
            Input = RawJson.From(execution.Input),
            ReplayOf = execution.ReplayOf,
            Steps = [.. (plan?.Steps ?? []).Select(step => View(step.Definition.Id, step.Definition.Type, recorded.GetValueOrDefault(step.Definition.Id)))],
        };
    }

    private static StepView View(string id, string type, ExecutionStep? step) =>
        step is null
            ? new StepView(id, type, "pending", null, 0, null, null, null, null, null, null, null, null)
            : new StepView(
                id,
                type,
                StepStatusText.Of(step.Status),
                step.Port,
                step.Attempts,
                RawJson.From(step.Input),
                RawJson.From(step.Output),
                RawJson.From(step.Error),
                RawJson.From(step.Errors),
                RawJson.From(step.Why),
                step.WakeAt,
                step.StartedAt,
                step.FinishedAt);
}
