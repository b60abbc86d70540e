using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>[2]</c>; a negative index counts from the end.</summary>
internal sealed class IndexSelector(long index) : SingularSelector
{
    public long Index { get; } = index;

    // Reaching an item walks over those before it, far faster than a visit.
    private const int ItemsPerCharge = 32;

    public override bool TrySelect(QueryRun? run, JsonElement owner, out JsonElement child)
    {
        var position = PositionIn(owner);
        if (position < 0)
        {
            child = default;
            return false;
        }

        run?.Charge(1 + (position / ItemsPerCharge));
        child = owner[position];
        return true;
    }

    public override void Select(QueryRun run, in Node node, NodeBuffer output)
    {
        if (TrySelect(run, node.Value, out var child))
        {
            output.Add(node.Child(child, PositionIn(node.Value)));
        }
    }

    private int PositionIn(JsonElement owner)
    {
        if (owner.ValueKind != JsonValueKind.Array)
        {
            return -1;
        }

        var length = owner.GetArrayLength();
        var position = Index < 0 ? length + Index : Index;
        return position < 0 || position >= length ? -1 : (int)position;
    }
}
