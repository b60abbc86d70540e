using Hub.Storage;
using Hub.Storage.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Workflows;

/// <summary>The versions that a workflow has had. They are read of deleted workflows too: executions that ran them stay.</summary>
public sealed class WorkflowVersions(HubDatabase database)
{
    /// <summary>The newest first.</summary>
    public async Task<OperationResult<CountedPage<WorkflowVersionSummary>>> ListAsync(
        WorkspaceScope scope,
        Guid id,
        int limit,
        int offset,
        CancellationToken cancellationToken
    )
    {
        await using var context = database.For(scope);
        if (await FindAsync(context, id, cancellationToken) is not { } workflow)
        {
            return OperationError.NotFound("workflow");
        }

        var versions = context.WorkflowVersions.Where(version => version.WorkflowId == id);
        var rows = await versions
            .OrderByDescending(version => version.Version)
            .Skip(offset)
            .Take(limit)
            .Select(version => new { version.Version, version.CreatedAt })
            .ToListAsync(cancellationToken);
        return new CountedPage<WorkflowVersionSummary>(
            [.. rows.Select(row => new WorkflowVersionSummary(row.Version, row.CreatedAt, IsActive(workflow, row.Version)))],
            await versions.CountAsync(cancellationToken),
            limit,
            offset
        );
    }

    /// <summary>One version with its document.</summary>
    public async Task<OperationResult<WorkflowVersionView>> FindAsync(WorkspaceScope scope, Guid id, int version, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (await FindAsync(context, id, cancellationToken) is not { } workflow)
        {
            return OperationError.NotFound("workflow");
        }

        return await context.WorkflowVersions.FirstOrDefaultAsync(row => row.WorkflowId == id && row.Version == version, cancellationToken) is { } found
            ? new WorkflowVersionView(id, version, found.CreatedAt, IsActive(workflow, version), new RawJson(found.Definition))
            : new OperationError(
                OperationErrorKind.NotFound,
                "not_found",
                $"There is no version {version} of this workflow; the newest one is {workflow.Version}."
            );
    }

    private static Task<Workflow?> FindAsync(HubDbContext context, Guid id, CancellationToken cancellationToken) =>
        context.Workflows.IgnoreQueryFilters().FirstOrDefaultAsync(workflow => workflow.Id == id, cancellationToken);

    private static bool IsActive(Workflow workflow, int version) => workflow.Status == WorkflowStatus.Active && workflow.Version == version;
}
