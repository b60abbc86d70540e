using Hub.Api.Errors;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Workflows;

/// <summary>What workflows are called, also those that were deleted.</summary>
internal sealed class WorkflowNames(HubDbContext database)
{
    /// <summary>The first half of the lock's key; the second is the name's hash.</summary>
    private const int NameLock = 7021964;

    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Distinct().ToArray();
        return asked.Length == 0
            ? new Dictionary<Guid, string>()
            : await database
                .Workflows.IgnoreQueryFilters()
                .Where(workflow => asked.Contains(workflow.Id))
                .ToDictionaryAsync(workflow => workflow.Id, workflow => workflow.Name, cancellationToken);
    }

    /// <summary>Refuses a name that a workflow has. Within a transaction: until its end nobody else can take that name.</summary>
    public async Task<ProblemHttpResult?> TakenAsync(string name, string whatWasNotDone, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({NameLock}, hashtext({name}))", cancellationToken);
        var first = await database
            .Workflows.Where(workflow => workflow.Name == name)
            .OrderBy(workflow => workflow.Id)
            .Select(workflow => (Guid?)workflow.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (first is not { } id)
        {
            return null;
        }

        var problem = Problems.Create(
            409,
            "workflow_exists",
            $"The workflow was not {whatWasNotDone}: there is one named '{name}' already, {id}. Store a new version of that one with PUT "
                + $"/api/v1/workflows/{id}, or choose another name."
        );
        problem.ProblemDetails.Extensions["workflowId"] = id;
        return problem;
    }

    /// <summary>
    /// The workflows that a list is asked for, by an id alone or by id or name: all that bear the name, or bore it when they were deleted; null for all.
    /// </summary>
    public async Task<(IReadOnlyList<Guid>? Workflows, ProblemHttpResult? Problem)> MeantAsync(
        Guid? id,
        string? idOrName,
        CancellationToken cancellationToken
    ) =>
        (id, idOrName) switch
        {
            (null, null) => (null, null),
            ({ } one, null) => ([one], null),
            (not null, _) => (null, Problems.Create(400, "filter_conflict", "Give either 'workflow', an id or a name, or 'workflowId'.")),
            (_, { } text) when await FindAsync(text, cancellationToken) is { Count: > 0 } found => (found, null),
            _ => (null, Problems.Create(400, "workflow_unknown", $"There is no workflow named '{idOrName}'. GET /api/v1/workflows lists them.")),
        };

    private async Task<IReadOnlyList<Guid>> FindAsync(string idOrName, CancellationToken cancellationToken) =>
        Guid.TryParse(idOrName, out var id)
            ? [id]
            : await database
                .Workflows.IgnoreQueryFilters()
                .Where(workflow => workflow.Name == idOrName)
                .Select(workflow => workflow.Id)
                .ToListAsync(cancellationToken);
}
