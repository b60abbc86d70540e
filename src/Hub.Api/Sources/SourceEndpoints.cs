using Hub.Api.Errors;
using Hub.Connectors.Signatures;
using Hub.Storage;
using Hub.Storage.Sources;
using Hub.Storage.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Sources;

internal static class SourceEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("sources", "Sources");
        group.MapPost("", Create).WithName("createSource").ProducesProblem(400).ProducesProblem(409);
        group.MapGet("", List).WithName("listSources");
        group.MapGet("/{id:guid}", Get).WithName("getSource");
        group.MapDelete("/{id:guid}", Delete).WithName("deleteSource");
    }

    private static async Task<Results<Created<SourceView>, ProblemHttpResult>> Create(
        NewSource body, SourceRegistrar registrar, SignatureSchemes schemes, PublicAddress address, HttpRequest request, CancellationToken cancellationToken)
    {
        var faults = SourceRules.Check(body, schemes);
        if (faults.Count > 0)
        {
            return Problems.Create(400, "source_invalid", $"The Source was not created: {faults[0].Message}", faults);
        }

        return await registrar.AddAsync(body, cancellationToken) is { } source
            ? TypedResults.Created($"/api/v1/sources/{source.Id}", View(source, address.Of(request)))
            : Problems.Create(409, "source_exists", $"There is a Source named '{body.Name}' already. Choose another name, or delete that one first.");
    }

    private static async Task<Ok<CountedPage<SourceView>>> List(
        HubDbContext database, PublicAddress address, HttpRequest request, CancellationToken cancellationToken, int? limit = null, int offset = 0)
    {
        var size = PageSize.Of(limit);
        var sources = await database.Sources.OrderBy(source => source.Name).Skip(Math.Max(offset, 0)).Take(size).ToListAsync(cancellationToken);
        var count = await database.Sources.CountAsync(cancellationToken);
        return TypedResults.Ok(new CountedPage<SourceView>([.. sources.Select(source => View(source, address.Of(request)))], count, size, offset));
    }

    private static async Task<Results<Ok<SourceView>, ProblemHttpResult>> Get(
        Guid id, HubDbContext database, PublicAddress address, HttpRequest request, CancellationToken cancellationToken) =>
        await database.Sources.FirstOrDefaultAsync(source => source.Id == id, cancellationToken) is { } source
            ? TypedResults.Ok(View(source, address.Of(request)))
            : Problems.NotFound("Source");

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Guid id, SourceRegistrar registrar, HubDbContext database, CancellationToken cancellationToken)
    {
        if (await database.Sources.FirstOrDefaultAsync(source => source.Id == id, cancellationToken) is not { } source)
        {
            return Problems.NotFound("Source");
        }

        var user = await database.Workflows
            .Where(workflow => workflow.Source == source.Name && workflow.Status == WorkflowStatus.Active)
            .Select(workflow => workflow.Name)
            .FirstOrDefaultAsync(cancellationToken);
        if (user is not null)
        {
            return Problems.Create(409, "source_in_use", $"The active workflow '{user}' is started by this Source. Deactivate it first.");
        }

        await registrar.RemoveAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static SourceView View(Source source, string address) => new(
        source.Id,
        source.Name,
        source.Token,
        $"{address}/webhooks/incoming/{source.Token}",
        new SignatureView(source.Scheme, source.SecretCount, RawJson.From(source.SchemeOptions)),
        source.Dedupe,
        source.BodyLimit,
        source.CreatedAt);
}
