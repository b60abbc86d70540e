using System.Text.Json;

namespace Hub.Routing.Schemas;

/// <summary>A set of JSON types.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    String = 1,
    Number = 2,
    Boolean = 4,
    Object = 8,
    Array = 16,
    Null = 32,
    All = String | Number | Boolean | Object | Array | Null,
}

internal static class JsonTypeNames
{
    private static readonly (JsonTypes Type, string Schema, string People)[] Names =
    [
        (JsonTypes.String, "string", "a text"),
        (JsonTypes.Number, "number", "a number"),
        (JsonTypes.Number, "integer", "a number"),
        (JsonTypes.Boolean, "boolean", "true or false"),
        (JsonTypes.Object, "object", "an object"),
        (JsonTypes.Array, "array", "an array"),
        (JsonTypes.Null, "null", "null"),
    ];

    /// <summary>The names that JSON Schema has.</summary>
    public static IReadOnlyList<string> Schema { get; } = [.. Names.Select(each => each.Schema)];

    public static JsonTypes Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => JsonTypes.String,
            JsonValueKind.Number => JsonTypes.Number,
            JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
            JsonValueKind.Object => JsonTypes.Object,
            JsonValueKind.Array => JsonTypes.Array,
            JsonValueKind.Null => JsonTypes.Null,
            _ => JsonTypes.None,
        };

    /// <summary>The type of a JSON Schema name; all types when the name is none.</summary>
    public static JsonTypes OfSchema(string? name) =>
        Array.Find(Names, each => each.Schema == name) is { Type: not JsonTypes.None } found ? found.Type : JsonTypes.All;

    /// <summary>The set for people: <c>a number or null</c>.</summary>
    public static string Describe(JsonTypes types) => string.Join(" or ", Names.Where(each => types.HasFlag(each.Type)).Select(each => each.People).Distinct());
}
