using System.Text.Json;

namespace Hub.Routing.Conditions.Operators;

/// <summary>Order in time of two instants, whatever their offsets.</summary>
internal sealed class InstantOperator(string name, Func<int, bool> holds) : ConditionOperator(name)
{
    public override bool MayIgnoreCase => false;

    public override string? CheckValue(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && InstantText.TryParse(JsonText.Read(value), out _)
            ? null
            : "an instant with an offset, such as 2026-03-01T09:00:00Z";

    public override Verdict Test(in Comparison comparison)
    {
        if (!TryRead(comparison.Found, out var found))
        {
            return new Verdict(false, "what was found is not an instant with an offset");
        }

        return TryRead(comparison.Value, out var value)
            ? new Verdict(holds(found.CompareTo(value)))
            : new Verdict(false, "the value is not an instant with an offset");
    }

    private static bool TryRead(in Comparand side, out DateTimeOffset instant)
    {
        instant = default;
        return side.IsText && InstantText.TryParse(side.Text, out instant);
    }
}
