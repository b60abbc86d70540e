using Hub.Api.Errors;
using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

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
        HubDbContext database,
        StoredSecrets stored,
        CancellationToken cancellationToken
    )
    {
        if (!await ExistsAsync(id, database, cancellationToken))
        {
            return Problems.NotFound("Source");
        }

        var rows = await database
            .SourceSecrets.Where(secret => secret.SourceId == id)
            .OrderByDescending(secret => secret.CreatedAt)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<SecretView>>([.. rows.Select(stored.View)]);
    }

    private static async Task<Results<Created<SecretView>, ProblemHttpResult>> Add(
        Guid id,
        NewSecret body,
        SecretRotation rotation,
        CancellationToken cancellationToken
    )
    {
        var (secret, problem) = await rotation.AddAsync(id, body, cancellationToken);
        return problem is not null ? problem : TypedResults.Created((string?)null, secret);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        Guid id,
        Guid secretId,
        SecretRotation rotation,
        CancellationToken cancellationToken
    ) => await rotation.RemoveAsync(id, secretId, cancellationToken) is { } problem ? problem : TypedResults.NoContent();

    private static async Task<Results<Ok<IReadOnlyList<HandshakeView>>, ProblemHttpResult>> Handshakes(
        Guid id,
        HubDbContext database,
        SecretReader reader,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        if (!await ExistsAsync(id, database, cancellationToken))
        {
            return Problems.NotFound("Source");
        }

        var rows = await database
            .SourceHandshakes.Where(row => row.SourceId == id)
            .OrderByDescending(row => row.ReceivedAt)
            .Take(SourceHandshake.Most)
            .ToListAsync(cancellationToken);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok<IReadOnlyList<HandshakeView>>([.. rows.Select(row => new HandshakeView(row.Name, reader.Reveal(row), row.ReceivedAt))]);
    }

    private static Task<bool> ExistsAsync(Guid id, HubDbContext database, CancellationToken cancellationToken) =>
        database.Sources.AnyAsync(source => source.Id == id, cancellationToken);
}
