using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Storage;
using Hub.Storage.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Workflows;

/// <summary>The versions that a workflow has had. They are read of deleted workflows too: executions that ran them stay.</summary>
internal static class WorkflowVersionEndpoints
{
    public static void MapVersions(this IEndpointRouteBuilder workflows)
    {
        workflows
            .MapGet("/{id:guid}/versions", List)
            .WithName("listWorkflowVersions")
            .WithSummary("The versions that were stored of it, the newest first; also of one that was deleted.");
        workflows
            .MapGet("/{id:guid}/versions/{version:int}", Get)
            .WithName("getWorkflowVersion")
            .WithSummary("One version with its document. Store that again with PUT to go back to it.");
    }

    private static async Task<Results<Ok<CountedPage<WorkflowVersionSummary>>, ProblemHttpResult>> List(
        Guid id,
        HubDbContext database,
        CancellationToken cancellationToken,
        [Range(1, PageSize.Most)] int limit = PageSize.Default,
        [Range(0, int.MaxValue)] int offset = 0
    )
    {
        if (await FindAsync(id, database, cancellationToken) is not { } workflow)
        {
            return Problems.NotFound("workflow");
        }

        var versions = database.WorkflowVersions.Where(version => version.WorkflowId == id);
        var rows = await versions
            .OrderByDescending(version => version.Version)
            .Skip(offset)
            .Take(limit)
            .Select(version => new { version.Version, version.CreatedAt })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new CountedPage<WorkflowVersionSummary>(
                [.. rows.Select(row => new WorkflowVersionSummary(row.Version, row.CreatedAt, IsActive(workflow, row.Version)))],
                await versions.CountAsync(cancellationToken),
                limit,
                offset
            )
        );
    }

    private static async Task<Results<Ok<WorkflowVersionView>, ProblemHttpResult>> Get(
        Guid id,
        int version,
        HubDbContext database,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(id, database, cancellationToken) is not { } workflow)
        {
            return Problems.NotFound("workflow");
        }

        return await database.WorkflowVersions.FirstOrDefaultAsync(row => row.WorkflowId == id && row.Version == version, cancellationToken) is { } found
            ? TypedResults.Ok(new WorkflowVersionView(id, version, found.CreatedAt, IsActive(workflow, version), new RawJson(found.Definition)))
            : Problems.Create(404, "not_found", $"There is no version {version} of this workflow; the newest one is {workflow.Version}.");
    }

    private static Task<Workflow?> FindAsync(Guid id, HubDbContext database, CancellationToken cancellationToken) =>
        database.Workflows.IgnoreQueryFilters().FirstOrDefaultAsync(workflow => workflow.Id == id, cancellationToken);

    private static bool IsActive(Workflow workflow, int version) => workflow.Status == WorkflowStatus.Active && workflow.Version == version;
}
