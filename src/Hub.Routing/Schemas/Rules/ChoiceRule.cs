using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>enum</c> and <c>const</c>: equal to one of these values, numbers by value and objects in any order.</summary>
internal sealed class ChoiceRule : SchemaRule
{
    private const int Shown = 8;

    private readonly string _keyword;
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _others = [];
    private readonly string _message;

    public ChoiceRule(string keyword, IReadOnlyList<JsonElement> values)
    {
        _keyword = keyword;
        foreach (var value in values)
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                _texts.Add(JsonText.Read(value));
            }
            else
            {
                _others.Add(value);
            }
        }

        var list = string.Join(", ", values.Take(Shown).Select(value => NearestName.Shorten(value.GetRawText())));
        _message =
            values.Count == 1 ? $"This must be {list}."
            : values.Count > Shown ? $"This must be one of {list} and {values.Count - Shown} more."
            : $"This must be one of {list}.";
    }

    public override bool Check(SchemaRun run, JsonElement value)
    {
        run.ChargeBytes(JsonMarshal.GetRawUtf8Value(value).Length);
        return (value.ValueKind == JsonValueKind.String ? _texts.Contains(JsonText.Read(value)) : IsOther(run, value)) || run.Fail(_keyword, _message);
    }

    private bool IsOther(SchemaRun run, JsonElement value)
    {
        foreach (var other in _others)
        {
            // Different kinds are told apart at once; equal ones are read as far as the shorter goes.
            run.Charge(1);
            if (other.ValueKind == value.ValueKind)
            {
                run.ChargeBytes(Math.Min(JsonMarshal.GetRawUtf8Value(other).Length, JsonMarshal.GetRawUtf8Value(value).Length));
                if (JsonEquality.Equal(other, value, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
