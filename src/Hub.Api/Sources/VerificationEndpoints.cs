using Hub.Api.Errors;
using Hub.Operations.Sources;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Sources;

internal static class VerificationEndpoints
{
    public static void MapVerification(this IEndpointRouteBuilder app) =>
        app.MapApi("sources", "Sources")
            .MapPost("/{id:guid}/verify", Verify)
            .WithName("verifyRequest")
            .WithSummary("Judges a request as if it had come to this Source, and says what is wrong with its signature. Nothing is kept.")
            .ProducesProblem(400)
            .ProducesProblem(409);

    private static async Task<Results<Ok<VerificationResult>, ProblemHttpResult>> Verify(
        Guid id,
        VerificationRequest body,
        WorkspaceScope scope,
        RequestVerification verification,
        PublicAddress address,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => (await verification.JudgeAsync(scope, id, body, address.OriginOf(request), cancellationToken)).Answer(TypedResults.Ok);
}
