using Microsoft.OpenApi;

namespace Hub.Api;

internal static class JsonTextBody
{
    /// <summary>Describes a body that the handler itself reads as JSON, under whatever content type it comes: curl's -d says that it is a form.</summary>
    public static TBuilder TakesJsonText<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchema() },
                    },
                };
                return Task.CompletedTask;
            }
        );
}
