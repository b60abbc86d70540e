using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

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
        SourceRegistrar registrar,
        SourceRules rules,
        SourceViews views,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var errors = rules.Check(body);
        if (errors.Count > 0)
        {
            return Problems.Create(400, "source_invalid", $"The Source was not created: {errors[0].Message}", errors);
        }

        return await registrar.AddAsync(body, cancellationToken) is { } source
            ? TypedResults.Created($"/api/v1/sources/{source.Id}", await views.OfAsync(source, request, cancellationToken))
            : NameTaken(body);
    }

    private static async Task<Ok<CountedPage<SourceView>>> List(
        HubDbContext database,
        SourceViews views,
        HttpRequest request,
        CancellationToken cancellationToken,
        string? name = null,
        [Range(1, PageSize.Most)] int limit = PageSize.Default,
        [Range(0, int.MaxValue)] int offset = 0
    )
    {
        var wanted = name is null ? database.Sources : database.Sources.Where(source => source.Name == name);
        var sources = await wanted.OrderBy(source => source.Name).Skip(offset).Take(limit).ToListAsync(cancellationToken);
        var count = await wanted.CountAsync(cancellationToken);
        return TypedResults.Ok(new CountedPage<SourceView>(await views.OfAsync(sources, request, cancellationToken), count, limit, offset));
    }

    private static async Task<Results<Ok<SourceView>, ProblemHttpResult>> Get(
        Guid id,
        HubDbContext database,
        SourceViews views,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        await database.Sources.FirstOrDefaultAsync(source => source.Id == id, cancellationToken) is { } source
            ? TypedResults.Ok(await views.OfAsync(source, request, cancellationToken))
            : Problems.NotFound("Source");

    private static async Task<Results<Ok<SourceView>, ProblemHttpResult>> Change(
        Guid id,
        NewSource body,
        SourceRegistrar registrar,
        SourceViews views,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var change = await registrar.ChangeAsync(id, body, cancellationToken);
        return change switch
        {
            { Source: { } source } => TypedResults.Ok(await views.OfAsync(source, request, cancellationToken)),
            { Errors: { } errors } => Problems.Create(400, "source_invalid", $"The Source was not changed: {errors[0].Message}", errors),
            { UsedBy: { } user } => Problems.Create(
                409,
                "source_in_use",
                $"The workflow '{user}' finds this Source by its name. Change the workflow first, or keep the name."
            ),
            { NameTaken: true } => NameTaken(body),
            _ => Problems.NotFound("Source"),
        };
    }

    private static async Task<Results<Ok<SourceView>, ProblemHttpResult>> RotateAddress(
        Guid id,
        AddressChange? body,
        AddressRotation rotation,
        SourceViews views,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (source, problem) = await rotation.RotateAsync(id, body?.OverlapSeconds, cancellationToken);
        return source is null ? problem! : TypedResults.Ok(await views.OfAsync(source, request, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id,
        SourceRegistrar registrar,
        HubDbContext database,
        CancellationToken cancellationToken
    )
    {
        if (await database.Sources.FirstOrDefaultAsync(source => source.Id == id, cancellationToken) is not { } source)
        {
            return Problems.NotFound("Source");
        }

        if (await registrar.UserOfAsync(source.Name, activeOnly: true, cancellationToken) is { } user)
        {
            return Problems.Create(409, "source_in_use", $"The active workflow '{user}' is started by this Source. Deactivate it first.");
        }

        await registrar.RemoveAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult NameTaken(NewSource body) =>
        Problems.Create(409, "source_exists", $"There is a Source named '{body.Name}' already. Choose another name, or delete that one first.");
}
