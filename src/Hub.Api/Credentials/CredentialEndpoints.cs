using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Operations.Credentials;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Credentials;

internal static class CredentialEndpoints
{
    public static void MapCredentials(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("credentials", "Credentials");
        group
            .MapPost("", Create)
            .WithName("createCredential")
            .WithSummary("Stores a connector's secret fields, encrypted. They are never returned.")
            .ProducesProblem(400)
            .ProducesProblem(409);
        group.MapGet("", List).WithName("listCredentials").WithSummary("The credentials, without their fields.");
        group
            .MapPut("/{id:guid}", Change)
            .WithName("changeCredential")
            .ProducesProblem(400)
            .WithSummary("Replaces a credential's fields, all of them. Its name stays, so that steps find it all the while.");
        group
            .MapDelete("/{id:guid}", Delete)
            .WithName("deleteCredential")
            .ProducesProblem(409)
            .WithSummary("Deletes a credential that no active workflow uses.");
    }

    private static async Task<Results<Created<CredentialView>, ProblemHttpResult>> Create(
        NewCredential body,
        WorkspaceScope scope,
        CredentialOperations credentials,
        CancellationToken cancellationToken
    ) =>
        (await credentials.AddAsync(scope, body, cancellationToken)).Answer(credential =>
            TypedResults.Created($"/api/v1/credentials/{credential.Id}", credential)
        );

    private static async Task<Ok<CountedPage<CredentialView>>> List(
        WorkspaceScope scope,
        CredentialOperations credentials,
        CancellationToken cancellationToken,
        [Range(1, PageSize.Most)] int limit = PageSize.Default,
        [Range(0, int.MaxValue)] int offset = 0
    ) => TypedResults.Ok(await credentials.ListAsync(scope, limit, offset, cancellationToken));

    private static async Task<Results<Ok<CredentialView>, ProblemHttpResult>> Change(
        Guid id,
        ChangedCredential body,
        WorkspaceScope scope,
        CredentialOperations credentials,
        CancellationToken cancellationToken
    ) => (await credentials.ChangeAsync(scope, id, body, cancellationToken)).Answer(TypedResults.Ok);

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id,
        WorkspaceScope scope,
        CredentialOperations credentials,
        CancellationToken cancellationToken
    ) => (await credentials.RemoveAsync(scope, id, cancellationToken)).Answer(TypedResults.NoContent);
}
