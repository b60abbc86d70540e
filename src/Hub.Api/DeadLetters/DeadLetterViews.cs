using Hub.Api.Workflows;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.DeadLetters;

/// <summary>Dead letters as the API shows them.</summary>
internal sealed class DeadLetterViews(HubDbContext database, WorkflowNames names)
{
    /// <summary>All of them, without what is large.</summary>
    public async Task<List<DeadLetterView>> ListAsync(IQueryable<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var rows = await letters
            .Select(l => new DeadLetterView(
                l.Id,
                l.ExecutionId,
                l.WorkflowId,
                null,
                l.Version,
                l.DeliveryId,
                l.StepId,
                l.Status,
                new RawJson(l.Error),
                l.CreatedAt,
                l.ReplayedAt,
                l.ReplayExecutionId,
                l.DiscardedAt,
                l.Note,
                l.NotedAt,
                null,
                null
            ))
            .ToListAsync(cancellationToken);
        var known = await names.OfAsync(rows.Select(row => row.WorkflowId), cancellationToken);
        return [.. rows.Select(row => row with { WorkflowName = known.GetValueOrDefault(row.WorkflowId) })];
    }

    public async Task<DeadLetterView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await database.DeadLetters.FirstOrDefaultAsync(letter => letter.Id == id, cancellationToken) is not { } l)
        {
            return null;
        }

        var name = (await names.OfAsync([l.WorkflowId], cancellationToken)).GetValueOrDefault(l.WorkflowId);
        return new DeadLetterView(
            l.Id,
            l.ExecutionId,
            l.WorkflowId,
            name,
            l.Version,
            l.DeliveryId,
            l.StepId,
            l.Status,
            new RawJson(l.Error),
            l.CreatedAt,
            l.ReplayedAt,
            l.ReplayExecutionId,
            l.DiscardedAt,
            l.Note,
            l.NotedAt,
            new RawJson(l.ErrorHistory),
            new RawJson(l.Context)
        );
    }
}
