using Hub.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Workflows;

/// <summary>What workflows are called, also those that were deleted.</summary>
internal static class WorkflowNames
{
    /// <summary>The first half of the lock's key; the second is the name's hash.</summary>
    private const int NameLock = 7021964;

    public static async Task<IReadOnlyDictionary<Guid, string>> OfAsync(HubDbContext context, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct().ToArray();
        return asked.Length == 0
            ? new Dictionary<Guid, string>()
            : await context
                .Workflows.IgnoreQueryFilters()
                .Where(workflow => asked.Contains(workflow.Id))
                .ToDictionaryAsync(workflow => workflow.Id, workflow => workflow.Name, cancellationToken);
    }

    /// <summary>Refuses a name that a workflow has. Within a transaction: until its end nobody else can take that name.</summary>
    public static async Task<OperationError?> TakenAsync(HubDbContext context, string name, string whatWasNotDone, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({NameLock}, hashtext({name}))", cancellationToken);
        var first = await context
            .Workflows.Where(workflow => workflow.Name == name)
            .OrderBy(workflow => workflow.Id)
            .Select(workflow => (Guid?)workflow.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (first is not { } id)
        {
            return null;
        }

        return OperationError
            .Conflict(
                "workflow_exists",
                $"The workflow was not {whatWasNotDone}: there is one named '{name}' already, {id}. Store a new version of that one with PUT "
                    + $"/api/v1/workflows/{id}, or choose another name."
            )
            .With("workflowId", id);
    }

    /// <summary>
    /// The workflows that a list is asked for, by an id alone or by id or name: all that bear the name, or bore it when they were deleted; null for all.
    /// </summary>
    public static async Task<(IReadOnlyList<Guid>? Workflows, OperationError? Error)> MeantAsync(
        HubDbContext context,
        Guid? id,
        string? idOrName,
        CancellationToken cancellationToken
    ) =>
        (id, idOrName) switch
        {
            (null, null) => (null, null),
            ({ } one, null) => ([one], null),
            (not null, _) => (null, OperationError.OfParameter("filter_conflict", "workflowId", "Give either 'workflow', an id or a name, or 'workflowId'.")),
            (_, { } text) when await FindAsync(context, text, cancellationToken) is { Count: > 0 } found => (found, null),
            _ => (
                null,
                OperationError.OfParameter("workflow_unknown", "workflow", $"There is no workflow named '{idOrName}'. GET /api/v1/workflows lists them.")
            ),
        };

    private static async Task<IReadOnlyList<Guid>> FindAsync(HubDbContext context, string idOrName, CancellationToken cancellationToken) =>
        Guid.TryParse(idOrName, out var id)
            ? [id]
            : await context
                .Workflows.IgnoreQueryFilters()
                .Where(workflow => workflow.Name == idOrName)
                .Select(workflow => workflow.Id)
                .ToListAsync(cancellationToken);
}
