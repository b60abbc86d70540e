using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Conditions;

namespace Hub.Routing.Tests.Workflows;

/// <summary>Validates by the JSON Schema keywords that the workflow schema uses; an unknown keyword is an error.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description", "deprecated", "examples", "then", "$ref"];

    public bool IsValid(JsonElement value) => IsValid(root, value);

    public JsonElement Resolve(string reference)
    {
        var found = root;
        foreach (var name in reference.Split('/').Skip(1))
        {
            found = found.GetProperty(name);
        }

        return found;
    }

    private bool IsValid(JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.GetBoolean();
        }

        if (schema.TryGetProperty("$ref", out var reference) && !IsValid(Resolve(reference.GetString()!), value))
        {
            return false;
        }

        return schema.EnumerateObject().All(keyword => Annotations.Contains(keyword.Name) || Holds(schema, keyword, value));
    }

    private bool Holds(JsonElement schema, JsonProperty keyword, JsonElement value)
    {
        var argument = keyword.Value;
        return keyword.Name switch
        {
            "type" => IsType(argument.GetString()!, value),
            "const" => JsonElement.DeepEquals(argument, value),
            "enum" => argument.EnumerateArray().Any(each => JsonElement.DeepEquals(each, value)),
            "anyOf" => argument.EnumerateArray().Any(each => IsValid(each, value)),
            "oneOf" => argument.EnumerateArray().Count(each => IsValid(each, value)) == 1,
            "allOf" => argument.EnumerateArray().All(each => IsValid(each, value)),
            "not" => !IsValid(argument, value),
            "if" => !IsValid(argument, value) || IsValid(schema.GetProperty("then"), value),
            "required" => value.ValueKind != JsonValueKind.Object || argument.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "properties" => value.ValueKind != JsonValueKind.Object
                || value.EnumerateObject().All(member => !argument.TryGetProperty(member.Name, out var each) || IsValid(each, member.Value)),
            "additionalProperties" => value.ValueKind != JsonValueKind.Object
                || value.EnumerateObject().All(member => IsNamed(schema, member.Name) || IsValid(argument, member.Value)),
            "propertyNames" => value.ValueKind != JsonValueKind.Object
                || value.EnumerateObject().All(member => IsValid(argument, JsonSerializer.SerializeToElement(member.Name))),
            "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => IsValid(argument, item)),
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= argument.GetInt32(),
            "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= argument.GetInt32(),
            "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= argument.GetInt32(),
            "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= argument.GetInt32(),
            "pattern" => value.ValueKind != JsonValueKind.String
                || Regex.IsMatch(value.GetString()!, argument.GetString()!, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1)),
            "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= argument.GetDouble(),
            "exclusiveMinimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() > argument.GetDouble(),
            "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= argument.GetDouble(),
            _ => throw new NotSupportedException(keyword.Name),
        };
    }

    private static bool IsNamed(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);

    private static bool IsType(string type, JsonElement value) =>
        type switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && JsonNumber.Read(value).IsInteger,
            _ => throw new NotSupportedException(type),
        };
}
