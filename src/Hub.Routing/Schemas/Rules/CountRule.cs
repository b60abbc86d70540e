using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Routing.JsonPath.Text;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary>A least or greatest number of characters, items or members.</summary>
internal sealed class CountRule(string keyword, JsonValueKind kind, long bound, bool isLeast) : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != kind)
        {
            return true;
        }

        var count = Count(run, value);
        return (isLeast ? count >= bound : count <= bound)
            || run.Fail(keyword, () => $"This must have {(isLeast ? "at least" : "at most")} {bound} {Unit(bound)}, and has {count}.");
    }

    private int Count(SchemaRun run, JsonElement value)
    {
        switch (kind)
        {
            case JsonValueKind.Array:
                return value.GetArrayLength();
            case JsonValueKind.Object:
                return value.GetPropertyCount();
            default:
                // Unicode characters, not UTF-16 units: an emoji is one.
                run.ChargeBytes(JsonMarshal.GetRawUtf8Value(value).Length);
                return JsonStrings.Length(JsonStrings.RawOf(value));
        }
    }

    private string Unit(long count) =>
        (kind, count) switch
        {
            (JsonValueKind.Array, 1) => "item",
            (JsonValueKind.Array, _) => "items",
            (JsonValueKind.Object, 1) => "member",
            (JsonValueKind.Object, _) => "members",
            (_, 1) => "character",
            _ => "characters",
        };
}
