using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hub.Api.OpenApi;

/// <summary>Where the schemas that are derived from the types would say less, or something else, than what the hub sends and takes.</summary>
internal static class TrueSchemas
{
    public static Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(RawJson) || type == typeof(RawJson?))
        {
            (schema.Type, schema.Properties, schema.Description) = (null, null, "Any JSON value.");
        }
        else if (type == typeof(ProblemDetails))
        {
            DescribeProblem(schema);
        }

        // Names of states are texts; without the type generators take them for numbers.
        if (schema is { Type: null, Enum.Count: > 0 })
        {
            schema.Type = JsonSchemaType.String;
        }

        // A number in a text would be read, but is never written.
        if (schema.Type is { } numeric && (numeric.HasFlag(JsonSchemaType.Integer) || numeric.HasFlag(JsonSchemaType.Number)))
        {
            (schema.Type, schema.Pattern) = (numeric & ~JsonSchemaType.String, null);
        }

        return Task.CompletedTask;
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        schema.Properties["code"] = Text("Stable, lower-case with underscores: what a program looks at.");
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "What is wrong place by place, when more than one place can be.",
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                {
                    ["pointer"] = Text("JSON Pointer of the place in the request's body."),
                    ["place"] = Text("The same as people write it, such as steps[2].with.text."),
                    ["severity"] = Text("error or warning."),
                    ["code"] = Text("Stable."),
                    ["message"] = Text("What is wrong."),
                    ["remedy"] = Text("What to do."),
                },
                Required = new HashSet<string>(StringComparer.Ordinal) { "code", "message" },
            },
        };
        schema.Properties["parameter"] = Text("The parameter of the address that is refused.");
        schema.Required = new HashSet<string>(StringComparer.Ordinal) { "code", "status" };
        schema.Properties["detail"] = Text("A sentence that says what to do about it.");
        schema.Properties["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" };
        schema.AdditionalPropertiesAllowed = true;
        schema.AdditionalProperties = new OpenApiSchema { Description = "What else belongs to the code, such as deliveryId or usedBy." };
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
