using Hub.Api.Errors;
using Hub.Engine.Catalog;
using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Deliveries;
using Hub.Storage.Inbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Deliveries;

/// <summary>Starts workflows again from deliveries that were kept.</summary>
internal sealed class DeliveryReplayer(HubDbContext database, WorkflowCatalog catalog, TriggerGate gate, DeliveryIntake intake, DeliverySearch search)
{
    public const int MostAtOnce = 1000;
    private const int UsualAtOnce = 100;

    /// <summary>One delivery, to the workflow named or to every active one of its Source.</summary>
    public async Task<(DeliveryReplay? Replay, ProblemHttpResult? Problem)> ReplayAsync(Guid id, Guid? workflowId, CancellationToken cancellationToken)
    {
        var (target, problem) = await TargetAsync(workflowId, cancellationToken);
        if (problem is not null)
        {
            return (null, problem);
        }

        var (replay, failure) = await ReplayAsync(id, target, cancellationToken);
        return failure is null ? (replay, null) : (null, Problems.Create(StatusOf(failure.Code), failure.Code, failure.Message));
    }

    /// <summary>Many deliveries, one after the other, the oldest first.</summary>
    public async Task<(BulkReplay? Replay, ProblemHttpResult? Problem)> ReplayManyAsync(
        IReadOnlyList<Guid>? ids,
        DeliveryQuery? query,
        Guid? workflowId,
        int? limit,
        CancellationToken cancellationToken
    )
    {
        var (target, problem) = await TargetAsync(workflowId, cancellationToken);
        if (problem is not null)
        {
            return (null, problem);
        }

        Guid? next = null;
        if (query is not null)
        {
            var page = await search.FindAsync(query with { Verdicts = DeliveryVerdicts.Accepted }, limit ?? UsualAtOnce, cancellationToken);
            ids = [.. page.Rows.Select(row => row.Id)];
            next = page.Next;
        }

        var replayed = new List<DeliveryReplay>();
        var failed = new List<FailedReplay>();
        foreach (var id in ids!.Distinct().Order())
        {
            var (replay, failure) = await ReplayAsync(id, target, cancellationToken);
            if (replay is not null)
            {
                replayed.Add(replay);
            }
            else
            {
                failed.Add(failure!);
            }
        }

        return (new BulkReplay(replayed, failed, next), null);
    }

    private async Task<(DeliveryReplay? Replay, FailedReplay? Failure)> ReplayAsync(Guid id, ActiveWorkflow? target, CancellationToken cancellationToken)
    {
        if (await database.Deliveries.FirstOrDefaultAsync(delivery => delivery.Id == id, cancellationToken) is not { } delivery)
        {
            return (null, new(id, "not_found", "There is no such delivery, or it is no longer kept, or it lies in quarantine and must be released."));
        }

        var workflows = target is null ? await WantedByAsync(delivery, cancellationToken) : [target];
        if (workflows.Count == 0)
        {
            return (null, new(id, "nothing_to_start", "No active workflow of its Source wants this delivery. Name a workflow to run it all the same."));
        }

        var started = new List<Guid>();
        foreach (var workflow in workflows)
        {
            if (await intake.StartAsync(workflow, "replay", delivery, null, null) is not { } execution)
            {
                return (null, new(id, "not_kept", $"The replay could not be kept now; {started.Count} of {workflows.Count} executions were started."));
            }

            started.Add(execution);
        }

        return (new DeliveryReplay(id, started), null);
    }

    private async Task<IReadOnlyList<ActiveWorkflow>> WantedByAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var source = await database.Sources.Where(row => row.Id == delivery.SourceId).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken);
        if (source is null)
        {
            return [];
        }

        using var body = IncomingBody.OfKept(delivery);
        var verdicts = await gate.DecideAsync(await catalog.ActiveForAsync(source, cancellationToken), delivery, body, null, cancellationToken);
        return verdicts!.Wanting;
    }

    private async Task<(ActiveWorkflow? Workflow, ProblemHttpResult? Problem)> TargetAsync(Guid? workflowId, CancellationToken cancellationToken)
    {
        if (workflowId is null)
        {
            return (null, null);
        }

        var version = await database
            .Workflows.Where(workflow => workflow.Id == workflowId)
            .Select(workflow => (int?)workflow.Version)
            .FirstOrDefaultAsync(cancellationToken);
        return version is null ? (null, Problems.NotFound("workflow")) : (new ActiveWorkflow(workflowId.Value, version.Value), null);
    }

    private static int StatusOf(string code) =>
        code switch
        {
            "not_found" => 404,
            "not_kept" => 503,
            _ => 409,
        };
}
