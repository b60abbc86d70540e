using Hub.Engine.Catalog;
using Hub.Operations.Sources;
using Hub.Operations.Workflows;
using Hub.Routing.Workflows;
using Hub.Storage;
using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Executions;

/// <summary>Executions as the API shows them.</summary>
public sealed class ExecutionViews(WorkflowCatalog catalog, TimeProvider time)
{
    public async Task<List<ExecutionSummary>> SummariesAsync(HubDbContext context, IReadOnlyList<Execution> executions, CancellationToken cancellationToken)
    {
        var ofWorkflows = await WorkflowNames.OfAsync(context, executions.Select(execution => execution.WorkflowId), cancellationToken);
        var cameTo = await new ExecutionSearch(context, time).SourcesOfAsync(executions.Select(execution => execution.DeliveryId), cancellationToken);
        var ofSources = await SourceNames.OfAsync(context, cameTo.Values, cancellationToken);
        return
        [
            .. executions.Select(execution =>
                Summary(
                    execution,
                    ofWorkflows.GetValueOrDefault(execution.WorkflowId),
                    execution.DeliveryId is { } id && cameTo.TryGetValue(id, out var source) ? ((Guid?)source, ofSources.GetValueOrDefault(source)) : default
                )
            ),
        ];
    }

    private static ExecutionSummary Summary(Execution execution, string? workflow, (Guid? Id, string? Name) source) =>
        new()
        {
            Id = execution.Id,
            WorkflowId = execution.WorkflowId,
            WorkflowName = workflow,
            Version = execution.Version,
            Trigger = execution.Trigger,
            DeliveryId = execution.DeliveryId,
            SourceId = source.Id,
            SourceName = source.Name,
            Status = execution.Status,
            CreatedAt = execution.CreatedAt,
            StartedAt = execution.StartedAt,
            FinishedAt = execution.FinishedAt,
            WakeAt = execution.WakeAt,
            FailedTries = execution.FailedTries,
            Error = RawJson.From(execution.Error),
        };

    public async Task<ExecutionDetail?> FindAsync(HubDbContext context, Guid id, CancellationToken cancellationToken)
    {
        if (await context.Executions.FirstOrDefaultAsync(execution => execution.Id == id, cancellationToken) is not { } execution)
        {
            return null;
        }

        var recorded = await context.ExecutionSteps.Where(step => step.ExecutionId == id).ToDictionaryAsync(step => step.StepId, cancellationToken);
        var plan = (await catalog.FindPlanAsync(execution.WorkflowId, execution.Version, cancellationToken)).Plan;
        var hasEnded = ExecutionStateMachine.IsFinal(execution.Status);
        return new ExecutionDetail((await SummariesAsync(context, [execution], cancellationToken))[0])
        {
            Input = RawJson.From(execution.Input),
            ReplayOf = execution.ReplayOf,
            EarlierVersions = execution.EarlierVersions ?? [],
            DeadLetterId = await context
                .DeadLetters.Where(letter => letter.ExecutionId == id)
                .OrderByDescending(letter => letter.Id)
                .Select(letter => (Guid?)letter.Id)
                .FirstOrDefaultAsync(cancellationToken),
            Steps = plan is null
                ?
                [
                    .. recorded
                        .Values.OrderBy(step => step.StartedAt)
                        .ThenBy(step => step.StepId, StringComparer.Ordinal)
                        .Select(step => View(step.StepId, null, step, hasEnded)),
                ]
                : [.. plan.Steps.Select(step => View(step.Definition, recorded, hasEnded))],
        };
    }

    private static StepView View(StepDefinition step, Dictionary<string, ExecutionStep> recorded, bool hasEnded)
    {
        var row = recorded.GetValueOrDefault(step.Id);
        var view = View(step.Id, step.Type, row, hasEnded);
        return row?.Status == StepStatus.Skipped ? view with { Why = new RawJson(SkippedStep.Why(step, recorded)) } : view;
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
                step.FinishedAt
            );

    /// <summary>When the execution has ended, a step that rested goes on no more: its last try was the last, or it was not reached.</summary>
    private static string StatusOf(ExecutionStep step, bool hasEnded) =>
        step.Status switch
        {
            StepStatus.Retrying when hasEnded && step.Attempts > 0 => StepStatusText.Of(StepStatus.Failed),
            StepStatus.Retrying or StepStatus.Waiting when hasEnded => "pending",
            var status => StepStatusText.Of(status),
        };
}
