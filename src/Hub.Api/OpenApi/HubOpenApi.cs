using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hub.Api.OpenApi;

/// <summary>The API's description at /openapi/v1.json and a page to try it at /docs.</summary>
internal static class HubOpenApi
{
    private const string KeyScheme = "AdminKey";

    public static void Configure(OpenApiOptions options)
    {
        // What may be any JSON has no name: generators would make a class of it.
        options.CreateSchemaReferenceId = static type =>
            type.Type == typeof(RawJson) || type.Type == typeof(RawJson?) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer(TrueSchemas.ApplyAsync);
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                Describe(document);
                UsualAnswers.AddTo(document);
                RequestExamples.AddTo(document);
                return Task.CompletedTask;
            }
        );
        options.AddDocumentTransformer(RequestMembers.ApplyAsync);
    }

    public static void MapHubOpenApi(this WebApplication app)
    {
        app.MapOpenApi();

        // Until there are pages of the hub's own.
        app.MapGet("/", () => TypedResults.Redirect("/docs/")).ExcludeFromDescription();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "FlowPilot API";
            page.EnablePersistAuthorization();
            page.SwaggerEndpoint("/openapi/v1.json", "FlowPilot v1");
        });
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "FlowPilot",
            Version = "v1",
            Description = "A self-hosted integration hub: webhooks in, decisions, calls out, everything recorded.",
            License = new OpenApiLicense { Name = "MIT" },
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The admin key.",
            },
        };
        var guarded = document.Paths.Where(static path => path.Key.StartsWith("/api/", StringComparison.Ordinal));
        foreach (var operation in guarded.SelectMany(static path => path.Value.Operations?.Values.ToArray() ?? []))
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        }
    }
}
