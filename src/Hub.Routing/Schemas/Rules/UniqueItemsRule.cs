using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>uniqueItems</c>: no two items are equal, numbers by value and objects in any order.</summary>
internal sealed class UniqueItemsRule : SchemaRule
{
    private const int HashDepth = 32;

    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < 2)
        {
            return true;
        }

        run.ChargeBytes(JsonMarshal.GetRawUtf8Value(value).Length);
        var seen = new Dictionary<int, List<(int Index, JsonElement Item)>>();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            run.Charge(1);
            ref var alike = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, Hash(item, HashDepth), out _);
            foreach (var (earlier, other) in alike ??= [])
            {
                run.Charge(1);
                run.ChargeBytes(JsonMarshal.GetRawUtf8Value(other).Length);
                if (JsonEquality.Equal(other, item, StringComparison.Ordinal))
                {
                    return run.Fail("uniqueItems", $"No two items may be equal, and those at {earlier} and {index} are.");
                }
            }

            alike.Add((index, item));
        }

        return true;
    }

    // Equal values have equal hashes; what lies deep is left to the comparison.
    private static int Hash(JsonElement value, int depth)
    {
        if (depth == 0)
        {
            return 0;
        }

        var hash = new HashCode();
        hash.Add(value.ValueKind);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                hash.Add(JsonText.Read(value), StringComparer.Ordinal);
                break;
            case JsonValueKind.Number:
                JsonNumber.Read(value).AddTo(ref hash);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    hash.Add(Hash(item, depth - 1));
                }

                break;
            case JsonValueKind.Object:
                var members = 0;
                foreach (var member in value.EnumerateObject())
                {
                    members += HashCode.Combine(JsonText.ReadName(member).GetHashCode(StringComparison.Ordinal), Hash(member.Value, depth - 1));
                }

                hash.Add(members);
                break;
        }

        return hash.ToHashCode();
    }
}
