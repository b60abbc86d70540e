using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Deliveries;
using Hub.Storage.Executions;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Deliveries;

/// <summary>Looks at requests that came, accepted or not.</summary>
public sealed class DeliveryOperations(HubDatabase database, DeliverySearch search, DeliveryViews views, QuarantineRelease quarantine)
{
    /// <summary>The newest first.</summary>
    /// <param name="verdict">accepted, duplicate, quarantined, bad_signature, stale or missing; all unless given.</param>
    public async Task<OperationResult<DeliveryList>> ListAsync(
        WorkspaceScope scope,
        DeliveryFilter filter,
        string? verdict,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var context = database.For(scope);
        if (!(await DeliveryFilters.ReadAsync(context, filter, verdict, cancellationToken)).Succeeded(out var query, out var error))
        {
            return error;
        }

        var page = await search.FindAsync(query, limit, cancellationToken);
        return new DeliveryList(await views.SummariesAsync(context, page.Rows, cancellationToken), page.Next);
    }

    public async Task<OperationResult<DeliveryDetail>> FindAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (await views.FindAsync(context, id, cancellationToken) is not { } detail)
        {
            return OperationError.NotFound("delivery");
        }

        // While many bad requests came nobody looked for the cause.
        return detail is { Reason: not null, Diagnosis: null } && await quarantine.DiagnoseAsync(scope, id, cancellationToken) is { } findings
            ? detail with
            {
                Diagnosis = new RawJson(RequestDoctor.ToJson(findings)),
            }
            : detail;
    }

    /// <summary>The body as received, of one that was accepted or refused.</summary>
    public async Task<OperationResult<byte[]>> BodyAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        var body = await context.Deliveries.Where(delivery => delivery.Id == id).Select(delivery => delivery.Body).FirstOrDefaultAsync(cancellationToken)
            ?? await context.Quarantine.Where(request => request.Id == id).Select(request => request.Body).FirstOrDefaultAsync(cancellationToken);
        return body is null ? OperationError.NotFound("delivery") : body;
    }

    /// <summary>What became of an accepted one, for whoever sent it.</summary>
    public async Task<OperationResult<DeliveryStatus>> StatusAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        var delivery = await context
            .Deliveries.Where(d => d.Id == id)
            .Select(d => new { d.ReceivedAt, IsDecided = d.Decisions != null })
            .FirstOrDefaultAsync(cancellationToken);
        if (delivery is null)
        {
            return OperationError.NotFound("delivery");
        }

        var executions = await context
            .Executions.Where(execution => execution.DeliveryId == id)
            .OrderBy(execution => execution.Id)
            .Select(execution => new { execution.Trigger, Started = new StartedExecution(execution.Id, execution.WorkflowId, execution.Status) })
            .ToListAsync(cancellationToken);
        var first = executions.FindAll(execution => execution.Trigger == ExecutionTriggers.Webhook).ConvertAll(execution => execution.Started.Status);
        return new DeliveryStatus(
            id,
            DeliveryOutcome.ForSender(first, delivery.IsDecided),
            delivery.ReceivedAt,
            executions.ConvertAll(execution => execution.Started)
        );
    }
}
