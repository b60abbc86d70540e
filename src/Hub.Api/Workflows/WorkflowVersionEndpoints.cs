using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Operations.Workflows;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Workflows;

/// <summary>The versions that a workflow has had.</summary>
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
        WorkspaceScope scope,
        WorkflowVersions versions,
        CancellationToken cancellationToken,
        [Range(1, PageSize.Most)] int limit = PageSize.Default,
        [Range(0, int.MaxValue)] int offset = 0
    ) => (await versions.ListAsync(scope, id, limit, offset, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Ok<WorkflowVersionView>, ProblemHttpResult>> Get(
        Guid id,
        int version,
        WorkspaceScope scope,
        WorkflowVersions versions,
        CancellationToken cancellationToken
    ) => (await versions.FindAsync(scope, id, version, cancellationToken)).Answer(TypedResults.Ok);
}
