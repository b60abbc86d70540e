using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Operations.Sources;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Sources;

internal static class SourceEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("sources", "Sources");
        group
            .MapPost("", Create)
            .WithName("createSource")
            .WithSummary("Makes an address that webhooks are sent to. The answer has its url.")
            .ProducesProblem(400)
            .ProducesProblem(409);
        group.MapGet("", List).WithName("listSources").WithSummary("By name. Filter: name.");
        group
            .MapGet("/{id:guid}", Get)
            .WithName("getSource")
            .WithSummary("One Source: its address, settings, and what keeps it from taking deliveries. Secrets are never shown.");
        group
            .MapPut("/{id:guid}", Change)
            .WithName("changeSource")
            .ProducesProblem(400)
            .ProducesProblem(409)
            .WithSummary(
                "Changes a Source. What is left out becomes the usual, but for the secrets: left out they stay, given they replace those there are. Its "
                    + "address stays."
            );
        group
            .MapDelete("/{id:guid}", Delete)
            .WithName("deleteSource")
            .WithSummary("Deletes a Source that no active workflow is started by. Its deliveries stay.")
            .ProducesProblem(409);
        group
            .MapPost("/{id:guid}/rotate-address", RotateAddress)
            .WithName("rotateSourceAddress")
            .ProducesProblem(400)
            .ProducesProblem(409)
            .WithSummary("Gives the Source a new address. The former one goes on for overlapSeconds, so that the sender can change over without a gap.");
        group.MapSecrets();
    }

    private static async Task<Results<Created<SourceView>, ProblemHttpResult>> Create(
        NewSource body,
        WorkspaceScope scope,
        SourceOperations sources,
        PublicAddress address,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        (await sources.AddAsync(scope, body, address.OriginOf(request), cancellationToken)).Answer(source =>
            TypedResults.Created($"/api/v1/sources/{source.Id}", source)
        );

    private static async Task<Ok<CountedPage<SourceView>>> List(
        WorkspaceScope scope,
        SourceOperations sources,
        PublicAddress address,
        HttpRequest request,
        CancellationToken cancellationToken,
        string? name = null,
        [Range(1, PageSize.Most)] int limit = PageSize.Default,
        [Range(0, int.MaxValue)] int offset = 0
    ) => TypedResults.Ok(await sources.ListAsync(scope, name, limit, offset, address.OriginOf(request), cancellationToken));

    private static async Task<Results<Ok<SourceView>, ProblemHttpResult>> Get(
        Guid id,
        WorkspaceScope scope,
        SourceOperations sources,
        PublicAddress address,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => (await sources.FindAsync(scope, id, address.OriginOf(request), cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Ok<SourceView>, ProblemHttpResult>> Change(
        Guid id,
        NewSource body,
        WorkspaceScope scope,
        SourceOperations sources,
        PublicAddress address,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => (await sources.ChangeAsync(scope, id, body, address.OriginOf(request), cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<Ok<SourceView>, ProblemHttpResult>> RotateAddress(
        Guid id,
        AddressChange? body,
        WorkspaceScope scope,
        AddressRotation rotation,
        PublicAddress address,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => (await rotation.RotateAsync(scope, id, body?.OverlapSeconds, address.OriginOf(request), cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id,
        WorkspaceScope scope,
        SourceOperations sources,
        CancellationToken cancellationToken
    ) => (await sources.RemoveAsync(scope, id, cancellationToken)).Answer(TypedResults.NoContent);
}
