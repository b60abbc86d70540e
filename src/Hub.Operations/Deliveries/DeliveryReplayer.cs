using Hub.Engine.Catalog;
using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Deliveries;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Deliveries;

/// <summary>Starts workflows again from deliveries that were kept.</summary>
public sealed class DeliveryReplayer(HubDatabase database, WorkflowCatalog catalog, TriggerGate gate, ExecutionIntake intake, DeliverySearch search)
{
    private const int MostAtOnce = 1000;
    private const int UsualAtOnce = 100;

    /// <summary>One delivery, to the workflow named or to every active one of its Source.</summary>
    public async Task<OperationResult<DeliveryReplay>> ReplayAsync(WorkspaceScope scope, Guid id, Guid? workflowId, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        var (target, error) = await TargetAsync(context, workflowId, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        var (replay, failure) = await ReplayAsync(context, id, target, cancellationToken);
        return replay is not null ? replay : new OperationError(KindOf(failure!.Code), failure.Code, failure.Message);
    }

    /// <summary>Many deliveries, one after the other, the oldest first.</summary>
    public async Task<OperationResult<BulkReplay>> ReplayManyAsync(WorkspaceScope scope, BulkReplayRequest wanted, CancellationToken cancellationToken)
    {
        if (wanted.Ids is null == wanted.Filter is null || wanted.Ids?.Count > MostAtOnce)
        {
            return OperationError.Invalid("request_invalid", $"Give either 'ids', {MostAtOnce} at most, or a 'filter'.");
        }

        if (BulkLimit.Error(wanted.Limit, MostAtOnce) is { } error)
        {
            return error;
        }

        await using var context = database.For(scope);
        DeliveryQuery? query = null;
        if (
            wanted.Filter is { } filter
            && !(await DeliveryFilters.ReadAsync(context, filter, DeliveryVerdictText.Accepted, cancellationToken)).Succeeded(out query, out var refusal)
        )
        {
            return refusal;
        }

        var (target, missing) = await TargetAsync(context, wanted.WorkflowId, cancellationToken);
        if (missing is not null)
        {
            return missing;
        }

        var ids = wanted.Ids;
        Guid? next = null;
        if (query is not null)
        {
            var page = await search.FindAsync(query with { Verdicts = DeliveryVerdicts.Accepted }, wanted.Limit ?? UsualAtOnce, cancellationToken);
            ids = [.. page.Rows.Select(row => row.Id)];
            next = page.Next;
        }

        var replayed = new List<DeliveryReplay>();
        var failed = new List<FailedReplay>();
        foreach (var id in ids!.Distinct().Order())
        {
            var (replay, failure) = await ReplayAsync(context, id, target, cancellationToken);
            if (replay is not null)
            {
                replayed.Add(replay);
            }
            else
            {
                failed.Add(failure!);
            }
        }

        return new BulkReplay(replayed, failed, next);
    }

    private async Task<(DeliveryReplay? Replay, FailedReplay? Failure)> ReplayAsync(
        HubDbContext context,
        Guid id,
        ActiveWorkflow? target,
        CancellationToken cancellationToken
    )
    {
        if (await context.Deliveries.FirstOrDefaultAsync(delivery => delivery.Id == id, cancellationToken) is not { } delivery)
        {
            return (null, new(id, "not_found", "There is no such delivery, or it is no longer kept, or it lies in quarantine and must be released."));
        }

        var workflows = target is null ? await WantedByAsync(context, delivery, cancellationToken) : [target];
        if (workflows.Count == 0)
        {
            return (null, new(id, "nothing_to_start", "No active workflow of its Source wants this delivery. Name a workflow to run it all the same."));
        }

        var started = new List<Guid>();
        foreach (var workflow in workflows)
        {
            if (await intake.StartAsync(workflow, ExecutionTriggers.Replay, delivery, null, null) is not { } execution)
            {
                return (null, new(id, "not_kept", $"The replay could not be kept now; {started.Count} of {workflows.Count} executions were started."));
            }

            started.Add(execution);
        }

        return (new DeliveryReplay(id, started), null);
    }

    private async Task<IReadOnlyList<ActiveWorkflow>> WantedByAsync(HubDbContext context, Delivery delivery, CancellationToken cancellationToken)
    {
        var source = await context.Sources.Where(row => row.Id == delivery.SourceId).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken);
        if (source is null)
        {
            return [];
        }

        using var body = IncomingBody.OfKept(delivery);
        var verdicts = await gate.DecideAsync(await catalog.ActiveForAsync(source, cancellationToken), delivery, body, null, cancellationToken);
        return verdicts!.Wanting;
    }

    private async Task<(ActiveWorkflow? Workflow, OperationError? Error)> TargetAsync(
        HubDbContext context,
        Guid? workflowId,
        CancellationToken cancellationToken
    )
    {
        if (workflowId is null)
        {
            return (null, null);
        }

        var version = await context
            .Workflows.Where(workflow => workflow.Id == workflowId)
            .Select(workflow => (int?)workflow.Version)
            .FirstOrDefaultAsync(cancellationToken);
        return version is null ? (null, OperationError.NotFound("workflow")) : (new ActiveWorkflow(workflowId.Value, version.Value), null);
    }

    private static OperationErrorKind KindOf(string code) =>
        code switch
        {
            "not_found" => OperationErrorKind.NotFound,
            "not_kept" => OperationErrorKind.Unavailable,
            _ => OperationErrorKind.Conflict,
        };
}
