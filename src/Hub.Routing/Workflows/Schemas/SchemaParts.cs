using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hub.Fields;

namespace Hub.Routing.Workflows.Schemas;

/// <summary>Short forms of the JSON Schema keywords in use.</summary>
internal static class SchemaParts
{
    public static JsonObject Ref(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };

    public static JsonObject Type(string type) => new() { ["type"] = type };

    /// <summary>What stands for a text: a text, a number or a boolean.</summary>
    public static JsonObject Scalar() => AnyOf(Type("string"), Type("number"), Type("boolean"));

    public static JsonObject Text(int least, int most) =>
        new()
        {
            ["type"] = "string",
            ["minLength"] = least,
            ["maxLength"] = most,
        };

    /// <summary>
    /// The checker counts characters as people do, which may be of several code points. A schema can only count those, and must not refuse what the hub takes.
    /// </summary>
    public static JsonObject Name() => Text(1, NameText.MostBytes).Described($"1 to {WorkflowLimits.NameLength} characters.");

    public static JsonObject Integer(int least, int most) =>
        new()
        {
            ["type"] = "integer",
            ["minimum"] = least,
            ["maximum"] = most,
        };

    public static JsonObject OneOf(params IEnumerable<string> values) => new() { ["enum"] = Array(values.Select(value => (JsonNode)value)) };

    /// <summary>Texts whatever their case; the first alternative is what editors offer.</summary>
    public static JsonObject AnyCaseOf(params IEnumerable<string> values) =>
        AnyOf(
            OneOf(values),
            new JsonObject { ["type"] = "string", ["pattern"] = $"^({string.Join('|', values.Select(value => string.Concat(value.Select(AnyCase))))})$" }
        );

    public static JsonObject AnyOf(params IEnumerable<JsonNode> schemas) => new() { ["anyOf"] = Array(schemas) };

    public static JsonObject Items(JsonNode item, int least, int most) =>
        new()
        {
            ["type"] = "array",
            ["items"] = item,
            ["minItems"] = least,
            ["maxItems"] = most,
        };

    /// <summary>An object with these properties and no others.</summary>
    public static JsonObject Object(JsonObject properties, params IEnumerable<string> required) =>
        new()
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Array(required.Select(name => (JsonNode)name)),
            ["additionalProperties"] = false,
        };

    public static JsonObject Described(this JsonObject schema, string? description)
    {
        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }

    /// <summary>Copies the keywords of another schema into this one.</summary>
    public static JsonObject With(this JsonObject schema, JsonObject other)
    {
        foreach (var (keyword, value) in other)
        {
            schema[keyword] = value?.DeepClone();
        }

        return schema;
    }

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => new([.. nodes]);

    private static string AnyCase(char letter) =>
        char.IsAsciiLetter(letter) ? $"[{char.ToUpperInvariant(letter)}{char.ToLowerInvariant(letter)}]" : Regex.Escape(letter.ToString());
}
