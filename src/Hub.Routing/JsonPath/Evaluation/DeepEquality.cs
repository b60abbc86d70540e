using System.Text.Json;
using Hub.Routing.JsonPath.Text;

namespace Hub.Routing.JsonPath.Evaluation;

/// <summary>Equality of arrays and objects, with a stack of its own so that depth costs no call stack.</summary>
internal static class DeepEquality
{
    public static bool Holds(QueryRun run, JsonElement left, JsonElement right)
    {
        var pending = new Stack<(JsonElement Left, JsonElement Right)>();
        pending.Push((left, right));
        while (pending.TryPop(out var pair))
        {
            run.Charge(1);
            var isEqual = (pair.Left.ValueKind, pair.Right.ValueKind) switch
            {
                (JsonValueKind.Array, JsonValueKind.Array) => PushItems(run, pair.Left, pair.Right, pending),
                (JsonValueKind.Object, JsonValueKind.Object) => PushMembers(run, pair.Left, pair.Right, pending),
                _ => FilterComparison.Equal(run, FilterValue.Of(pair.Left), FilterValue.Of(pair.Right)),
            };
            if (!isEqual)
            {
                return false;
            }
        }

        return true;
    }

    private static bool PushItems(QueryRun run, JsonElement left, JsonElement right, Stack<(JsonElement Left, JsonElement Right)> pending)
    {
        if (left.GetArrayLength() != right.GetArrayLength())
        {
            return false;
        }

        run.Charge(left.GetArrayLength());
        using var others = right.EnumerateArray().GetEnumerator();
        foreach (var item in left.EnumerateArray())
        {
            others.MoveNext();
            pending.Push((item, others.Current));
        }

        return true;
    }

    private static bool PushMembers(QueryRun run, JsonElement left, JsonElement right, Stack<(JsonElement Left, JsonElement Right)> pending)
    {
        var (mine, others) = (Members(run, left), Members(run, right));
        if (mine.Count != others.Count)
        {
            return false;
        }

        foreach (var (name, value) in mine)
        {
            if (!others.TryGetValue(name, out var other))
            {
                return false;
            }

            pending.Push((value, other));
        }

        return true;
    }

    // Of duplicate names the last one counts, as for a name selector.
    private static Dictionary<string, JsonElement> Members(QueryRun run, JsonElement owner)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in owner.EnumerateObject())
        {
            var name = JsonStrings.NameOf(member);
            run.Charge(1 + (name.Length / 16));
            members[name] = member.Value;
        }

        return members;
    }
}
