using System.Text;
using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;
using Hub.Routing.JsonPath.Text;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>.name</c> or <c>['name']</c>.</summary>
internal sealed class NameSelector(string name) : SingularSelector
{
    // A lookup walks over the members, far faster than a visit.
    private const int MembersPerCharge = 32;

    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    public string Name { get; } = name;

    public override bool TrySelect(QueryRun? run, JsonElement owner, out JsonElement child)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            child = default;
            return false;
        }

        run?.Charge(1 + (owner.GetPropertyCount() / MembersPerCharge));
        return JsonNames.TryGet(run, owner, _utf8, out child);
    }

    public override void Select(QueryRun run, in Node node, NodeBuffer output)
    {
        if (TrySelect(run, node.Value, out var child))
        {
            output.Add(node.Child(child, Name));
        }
    }
}
