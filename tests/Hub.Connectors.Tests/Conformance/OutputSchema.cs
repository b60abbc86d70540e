using System.Text.Json;

namespace Hub.Connectors.Tests.Conformance;

/// <summary>Checks a value against the part of JSON Schema that output schemas use; an unknown keyword is an error of the schema.</summary>
internal static class OutputSchema
{
    private static readonly string[] Notes = ["description", "title", "examples", "format"];

    public static IReadOnlyList<string> Errors(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "", errors);
        return errors;
    }

    private static void Check(JsonElement schema, JsonElement value, string place, List<string> errors)
    {
        foreach (var keyword in schema.EnumerateObject().Where(k => !Notes.Contains(k.Name)))
        {
            switch (keyword.Name)
            {
                case "type" when !Types(keyword.Value).Any(t => Is(t, value)):
                    errors.Add($"{place}: is not {keyword.Value}");
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    var missing = keyword.Value.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _));
                    errors.AddRange(missing.Select(n => $"{place}/{n}: missing"));
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var property in keyword.Value.EnumerateObject().Where(p => value.TryGetProperty(p.Name, out _)))
                    {
                        Check(property.Value, value.GetProperty(property.Name), $"{place}/{property.Name}", errors);
                    }

                    break;
                case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                    CheckAdditional(schema, keyword.Value, value, place, errors);
                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    foreach (var item in value.EnumerateArray())
                    {
                        Check(keyword.Value, item, place + "/*", errors);
                    }

                    break;
                case "enum" when !keyword.Value.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)):
                    errors.Add($"{place}: is not one of {keyword.Value}");
                    break;
                case "type" or "required" or "properties" or "additionalProperties" or "items" or "enum":
                    break;
                default:
                    errors.Add($"{place}: the schema's keyword '{keyword.Name}' is not known");
                    break;
            }
        }
    }

    private static void CheckAdditional(JsonElement schema, JsonElement additional, JsonElement value, string place, List<string> errors)
    {
        var declared = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(p => p.Name).ToHashSet() : [];
        foreach (var member in value.EnumerateObject().Where(m => !declared.Contains(m.Name)))
        {
            if (additional.ValueKind == JsonValueKind.False)
            {
                errors.Add($"{place}/{member.Name}: is not declared");
            }
            else if (additional.ValueKind == JsonValueKind.Object)
            {
                Check(additional, member.Value, $"{place}/{member.Name}", errors);
            }
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => throw new ArgumentException(type, nameof(type)),
        };
}
