using System.ComponentModel.DataAnnotations;
using Hub.Api.Bodies;
using Hub.Api.Errors;
using Hub.Operations.Workflows;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Workflows;

/// <summary>Workflows as documents: stored, changed, listed, deleted.</summary>
internal static class WorkflowEndpoints
{
    private const int LargestDocument = 1 << 20;

    public static void MapWorkflows(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("workflows", "Workflows");
        group
            .MapPost("", Create)
            .WithName("createWorkflow")
            .WithSummary("Stores a flowpilot/v1 document as a draft.")
            .TakesJsonText()
            .ProducesProblem(409)
            .ProducesProblem(422);
        group
            .MapPut("/{id:guid}", Update)
            .WithName("updateWorkflow")
            .WithSummary("Stores a new version; an active workflow runs it from now on, executions under way keep theirs. The same document again makes none.")
            .TakesJsonText()
            .ProducesProblem(422);
        group
            .MapGet("", List)
            .WithName("listWorkflows")
            .WithSummary("In the order they were made. Filters: name, status (draft, active, inactive), source (its name).");
        group.MapGet("/{id:guid}", Get).WithName("getWorkflow").WithSummary("One workflow with the document of its newest version.");
        group
            .MapDelete("/{id:guid}", Delete)
            .WithName("deleteWorkflow")
            .WithSummary("Deletes a workflow that is not active. Its executions stay; those that wait or are under way go on to their end.")
            .ProducesProblem(409);
        group.MapRuns();
        group.MapVersions();
        app.MapWorkflowSchema();
    }

    private static async Task<Results<Created<WorkflowView>, ProblemHttpResult>> Create(
        HttpContext context,
        BodyReader bodies,
        WorkspaceScope scope,
        WorkflowOperations workflows,
        CancellationToken cancellationToken
    )
    {
        using var body = await bodies.ReadAsync(context, Guid.Empty, LargestDocument);
        return body.Bytes is { } document
            ? (await workflows.AddAsync(scope, document, cancellationToken)).Answer(view => TypedResults.Created($"/api/v1/workflows/{view.Id}", view))
            : BodyProblem.Of(body, "A workflow document", context);
    }

    private static async Task<Results<Ok<WorkflowView>, ProblemHttpResult>> Update(
        Guid id,
        HttpContext context,
        BodyReader bodies,
        WorkspaceScope scope,
        WorkflowOperations workflows,
        CancellationToken cancellationToken
    )
    {
        using var body = await bodies.ReadAsync(context, Guid.Empty, LargestDocument);
        return body.Bytes is { } document
            ? (await workflows.ReplaceAsync(scope, id, document, cancellationToken)).Answer(TypedResults.Ok)
            : BodyProblem.Of(body, "A workflow document", context);
    }

    private static async Task<Results<Ok<CountedPage<WorkflowView>>, ProblemHttpResult>> List(
        WorkspaceScope scope,
        WorkflowOperations workflows,
        CancellationToken cancellationToken,
        string? name = null,
        string? status = null,
        string? source = null,
        [Range(1, PageSize.Most)] int limit = PageSize.Default,
        [Range(0, int.MaxValue)] int offset = 0
    ) => (await workflows.ListAsync(scope, new WorkflowQuery(name, status, source, limit, offset), cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Ok<WorkflowView>, ProblemHttpResult>> Get(
        Guid id,
        HttpRequest request,
        WorkspaceScope scope,
        WorkflowOperations workflows,
        PublicAddress address,
        CancellationToken cancellationToken
    ) => (await workflows.FindAsync(scope, id, address.Of(request), cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id,
        WorkspaceScope scope,
        WorkflowOperations workflows,
        CancellationToken cancellationToken
    ) => (await workflows.RemoveAsync(scope, id, cancellationToken)).Answer(TypedResults.NoContent);
}
