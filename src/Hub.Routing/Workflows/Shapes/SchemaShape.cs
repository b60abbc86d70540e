using System.Text.Json;
using Hub.Routing.Schemas;

namespace Hub.Routing.Workflows.Shapes;

/// <summary>What a JSON Schema says. Keywords it does not read leave things open.</summary>
internal sealed class SchemaShape : Shape
{
    private static readonly string[] Combining = ["anyOf", "oneOf", "allOf", "not", "if", "$ref", "$dynamicRef", "patternProperties"];

    private readonly JsonElement _schema;
    private readonly bool _isOpen;

    private SchemaShape(JsonElement schema)
    {
        _schema = schema;
        _isOpen = Array.Exists(Combining, name => schema.TryGetProperty(name, out _));
        Types = TypesOf(schema);
        Choices = Types == JsonTypes.String ? ChoicesOf(schema) : null;
    }

    public override JsonTypes Types { get; }

    public override IReadOnlyList<string>? Choices { get; }

    public override IEnumerable<string> MemberNames =>
        _schema.TryGetProperty("properties", out var members) && members.ValueKind == JsonValueKind.Object
            ? members.EnumerateObject().Select(member => member.Name)
            : [];

    public static Shape Of(JsonElement schema) => schema.ValueKind == JsonValueKind.Object ? new SchemaShape(schema) : Any;

    public override Shape? Member(string name)
    {
        if (!Types.HasFlag(JsonTypes.Object))
        {
            return null;
        }

        if (_schema.TryGetProperty("properties", out var members) && members.ValueKind == JsonValueKind.Object && members.TryGetProperty(name, out var member))
        {
            return Of(member);
        }

        if (_isOpen || !_schema.TryGetProperty("additionalProperties", out var others))
        {
            return Any;
        }

        return others.ValueKind == JsonValueKind.False ? null : Of(others);
    }

    private JsonTypes TypesOf(JsonElement schema)
    {
        if (_isOpen || !schema.TryGetProperty("type", out var type))
        {
            return JsonTypes.All;
        }

        return type.ValueKind switch
        {
            JsonValueKind.String => JsonTypeNames.OfSchema(type.GetString()),
            JsonValueKind.Array => type.EnumerateArray()
                .Aggregate(JsonTypes.None, (all, each) => all | JsonTypeNames.OfSchema(each.ValueKind == JsonValueKind.String ? each.GetString() : null)),
            _ => JsonTypes.All,
        };
    }

    private static string[]? ChoicesOf(JsonElement schema) =>
        schema.TryGetProperty("enum", out var values)
        && values.ValueKind == JsonValueKind.Array
        && values.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
            ? [.. values.EnumerateArray().Select(value => value.GetString()!)]
            : null;
}
