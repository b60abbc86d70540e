using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas;

namespace Hub.Routing.Workflows.Shapes;

/// <summary>A value of which examples are at hand: the document's vars, or bodies that arrived before.</summary>
internal sealed class ValueShape : Shape
{
    private readonly IReadOnlyList<JsonElement> _examples;

    private ValueShape(IReadOnlyList<JsonElement> examples)
    {
        _examples = examples;
        var types = examples.Aggregate(JsonTypes.None, (all, each) => all | JsonTypeNames.Of(each));

        // A null says that there is something to come, and not what.
        Types = types.HasFlag(JsonTypes.Null) ? JsonTypes.All : types;
    }

    public override JsonTypes Types { get; }

    public override IEnumerable<string> MemberNames =>
        _examples.Where(each => each.ValueKind == JsonValueKind.Object).SelectMany(each => each.EnumerateObject()).Select(JsonText.ReadName).Distinct();

    public static Shape Of(IReadOnlyList<JsonElement> examples) => examples.Count == 0 ? Any : new ValueShape(examples);

    public override Shape? Member(string name)
    {
        var members = new List<JsonElement>();
        foreach (var example in _examples)
        {
            if (example.ValueKind == JsonValueKind.Object && example.TryGetProperty(name, out var member))
            {
                members.Add(member);
            }
        }

        return members.Count > 0 ? new ValueShape(members)
            : Types == JsonTypes.All ? Any
            : null;
    }
}
