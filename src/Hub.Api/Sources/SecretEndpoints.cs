using Hub.Api.Errors;
using Hub.Operations.Sources;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Sources;

/// <summary>A Source's secrets, to be rotated while it receives. None of them is ever returned.</summary>
internal static class SecretEndpoints
{
    public static void MapSecrets(this RouteGroupBuilder sources)
    {
        sources
            .MapGet("/{id:guid}/secrets", List)
            .WithName("listSecrets")
            .WithSummary("The Source's secrets, without the secrets: when they were made and last used, and when they end.");
        sources
            .MapPost("/{id:guid}/secrets", Add)
            .WithName("addSecret")
            .ProducesProblem(400)
            .ProducesProblem(409)
            .WithSummary("Adds a secret. With expireOthersAfter the others are accepted for that time only, so that both sides can change over.");
        sources
            .MapDelete("/{id:guid}/secrets/{secretId:guid}", Remove)
            .WithName("removeSecret")
            .WithSummary("Removes a secret; what is signed with it is refused from now on. The last one of a scheme that needs one stays.")
            .ProducesProblem(409);
        sources
            .MapGet("/{id:guid}/handshakes", Handshakes)
            .WithName("listHandshakes")
            .WithSummary("Secrets that the provider handed over by handshake. None is used until it is added to the Source's secrets.");
    }

    private static async Task<Results<Ok<IReadOnlyList<SecretView>>, ProblemHttpResult>> List(
        Guid id,
        WorkspaceScope scope,
        SecretRotation rotation,
        CancellationToken cancellationToken
    ) => (await rotation.ListAsync(scope, id, cancellationToken)).Answer(TypedResults.Ok<IReadOnlyList<SecretView>>);

    private static async Task<Results<Created<SecretView>, ProblemHttpResult>> Add(
        Guid id,
        NewSecret body,
        WorkspaceScope scope,
        SecretRotation rotation,
        CancellationToken cancellationToken
    ) => (await rotation.AddAsync(scope, id, body, cancellationToken)).Answer(secret => TypedResults.Created((string?)null, secret));

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        Guid id,
        Guid secretId,
        WorkspaceScope scope,
        SecretRotation rotation,
        CancellationToken cancellationToken
    ) => (await rotation.RemoveAsync(scope, id, secretId, cancellationToken)).Answer(TypedResults.NoContent);

    private static async Task<Results<Ok<IReadOnlyList<HandshakeView>>, ProblemHttpResult>> Handshakes(
        Guid id,
        WorkspaceScope scope,
        SecretRotation rotation,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        response.Headers.CacheControl = "no-store";
        return (await rotation.HandshakesAsync(scope, id, cancellationToken)).Answer(TypedResults.Ok<IReadOnlyList<HandshakeView>>);
    }
}
