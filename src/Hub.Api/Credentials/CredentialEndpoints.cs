using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Connectors;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Credentials;

internal static class CredentialEndpoints
{
    /// <summary>How many users an answer names.</summary>
    private const int MostUsers = 20;

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
        CredentialBox box,
        ConnectorRegistry registry,
        CancellationToken cancellationToken
    )
    {
        var errors = CredentialRules.Check(body, registry);
        if (errors.Count > 0)
        {
            return Problems.Create(400, "credential_invalid", $"The credential was not stored: {errors[0].Message}", errors);
        }

        return await box.AddAsync(body, cancellationToken) is { } credential
            ? TypedResults.Created($"/api/v1/credentials/{credential.Id}", box.View(credential))
            : Problems.Create(409, "credential_exists", $"There is a credential named '{body.Name}' already.");
    }

    private static async Task<Ok<CountedPage<CredentialView>>> List(
        HubDbContext database,
        CredentialBox box,
        CancellationToken cancellationToken,
        [Range(1, PageSize.Most)] int limit = PageSize.Default,
        [Range(0, int.MaxValue)] int offset = 0
    )
    {
        var credentials = await database.Credentials.OrderBy(credential => credential.Name).Skip(offset).Take(limit).ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new CountedPage<CredentialView>([.. credentials.Select(box.View)], await database.Credentials.CountAsync(cancellationToken), limit, offset)
        );
    }

    private static async Task<Results<Ok<CredentialView>, ProblemHttpResult>> Change(
        Guid id,
        ChangedCredential body,
        CredentialBox box,
        ConnectorRegistry registry,
        CancellationToken cancellationToken
    )
    {
        if (await box.FindAsync(id, cancellationToken) is not { } credential)
        {
            return Problems.NotFound("credential");
        }

        var errors = CredentialRules.Check(body, credential, registry);
        if (errors.Count > 0)
        {
            return Problems.Create(400, "credential_invalid", $"The credential was not changed: {errors[0].Message}", errors);
        }

        await box.ChangeAsync(credential, body.Fields, cancellationToken);
        return TypedResults.Ok(box.View(credential));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id,
        CredentialBox box,
        CredentialUses uses,
        CancellationToken cancellationToken
    )
    {
        if (await box.FindAsync(id, cancellationToken) is { } credential && await uses.OfAsync(credential.Name, cancellationToken) is { Count: > 0 } users)
        {
            return InUse(credential.Name, users);
        }

        return await box.RemoveAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("credential");
    }

    private static ProblemHttpResult InUse(string name, IReadOnlyList<CredentialUse> users)
    {
        var first = $"the active workflow '{users[0].Workflow}' uses it (step {string.Join(", ", users[0].Steps)})";
        var problem = Problems.Create(
            409,
            "credential_in_use",
            $"The credential '{name}' was not deleted: {first}{(users.Count > 1 ? $", and {users.Count - 1} more" : "")}. Deactivate what uses it first, "
                + "or give it new fields with PUT."
        );
        problem.ProblemDetails.Extensions["usedBy"] = users.Take(MostUsers);
        return problem;
    }
}
