using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hub.Api.OpenApi;

/// <summary>The API's description at /openapi/v1.json and a page to try it at /docs.</summary>
internal static class HubOpenApi
{
    private const string KeyScheme = "AdminKey";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
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
                [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The admin key." },
            };
            foreach (var operation in document.Paths.Where(path => path.Key.StartsWith("/api/", StringComparison.Ordinal)).SelectMany(path => path.Value.Operations is { } operations ? operations.Values.ToArray() : []))
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
            }

            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(RawJson) || context.JsonTypeInfo.Type == typeof(RawJson?))
            {
                schema.Type = null;
                schema.Properties = null;
                schema.Description = "Any JSON value.";
            }

            return Task.CompletedTask;
        });
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
}
