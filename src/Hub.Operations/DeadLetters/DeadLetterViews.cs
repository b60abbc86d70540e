using Hub.Operations.Workflows;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.DeadLetters;

/// <summary>Dead letters as the API shows them.</summary>
internal static class DeadLetterViews
{
    /// <summary>All of them, without what is large.</summary>
    public static async Task<List<DeadLetterView>> ListAsync(HubDbContext context, IQueryable<DeadLetter> letters, CancellationToken cancellationToken)
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
        var known = await WorkflowNames.OfAsync(context, rows.Select(row => row.WorkflowId), cancellationToken);
        return [.. rows.Select(row => row with { WorkflowName = known.GetValueOrDefault(row.WorkflowId) })];
    }

    public static async Task<DeadLetterView?> FindAsync(HubDbContext context, Guid id, CancellationToken cancellationToken)
    {
        if (await context.DeadLetters.FirstOrDefaultAsync(letter => letter.Id == id, cancellationToken) is not { } l)
        {
            return null;
        }

        var name = (await WorkflowNames.OfAsync(context, [l.WorkflowId], cancellationToken)).GetValueOrDefault(l.WorkflowId);
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
