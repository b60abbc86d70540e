using System.Text.Json;
using Hub.Api.Errors;
using Hub.Connectors;
using Hub.Engine.Credentials;
using Hub.Storage;
using Hub.Storage.Credentials;
using Hub.Storage.Notifications;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Hub.Api.Credentials;

internal static class CredentialEndpoints
{
    public static void MapCredentials(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("credentials", "Credentials");
        group.MapPost("", Create).WithName("createCredential").WithSummary("Stores a connector's secret fields, encrypted. They are never returned.").ProducesProblem(400).ProducesProblem(409);
        group.MapGet("", List).WithName("listCredentials");
        group.MapDelete("/{id:guid}", Delete).WithName("deleteCredential");
    }

    private static async Task<Results<Created<CredentialView>, ProblemHttpResult>> Create(
        NewCredential body, HubDbContext database, ConnectorRegistry registry, SecretVault vault, CredentialStore store, HubChannel channel, TimeProvider time, CancellationToken cancellationToken)
    {
        var faults = CredentialRules.Check(body, registry);
        if (faults.Count > 0)
        {
            return Problems.Create(400, "credential_invalid", $"The credential was not stored: {faults[0].Message}", faults);
        }

        var now = time.GetUtcNow();
        var credential = new Credential
        {
            Id = Guid.CreateVersion7(now),
            Name = body.Name!,
            Connector = body.Connector!,
            ProtectedFields = vault.Protect(JsonSerializer.SerializeToUtf8Bytes(body.Fields)),
            CreatedAt = now,
            UpdatedAt = now,
        };
        database.Credentials.Add(credential);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Problems.Create(409, "credential_exists", $"There is a credential named '{body.Name}' already.");
        }

        store.Invalidate();
        await channel.NotifyAsync(HubNotice.CredentialChanged, credential.Id, CancellationToken.None);
        return TypedResults.Created($"/api/v1/credentials/{credential.Id}", View(credential));
    }

    private static async Task<Ok<CountedPage<CredentialView>>> List(HubDbContext database, CancellationToken cancellationToken, int? limit = null, int offset = 0)
    {
        var size = PageSize.Of(limit);
        var credentials = await database.Credentials.OrderBy(credential => credential.Name).Skip(Math.Max(offset, 0)).Take(size).ToListAsync(cancellationToken);
        return TypedResults.Ok(new CountedPage<CredentialView>([.. credentials.Select(View)], await database.Credentials.CountAsync(cancellationToken), size, offset));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id, HubDbContext database, CredentialStore store, HubChannel channel, CancellationToken cancellationToken)
    {
        if (await database.Credentials.Where(credential => credential.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return Problems.NotFound("credential");
        }

        store.Invalidate();
        await channel.NotifyAsync(HubNotice.CredentialChanged, id, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static CredentialView View(Credential credential) => new(credential.Id, credential.Name, credential.Connector, credential.CreatedAt, credential.UpdatedAt);
}
