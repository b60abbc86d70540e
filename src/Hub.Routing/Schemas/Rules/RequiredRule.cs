using System.Text;
using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>required</c>, and <c>dependentRequired</c> when <paramref name="trigger"/> is a name: these members are there.</summary>
internal sealed class RequiredRule(string keyword, IReadOnlyList<string> names, string? trigger = null) : SchemaRule
{
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];
    private readonly byte[]? _trigger = trigger is null ? null : Encoding.UTF8.GetBytes(trigger);

    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || (_trigger is not null && !MemberNames.Has(value, _trigger)))
        {
            return true;
        }

        var cost = 1 + (value.GetPropertyCount() >> 3);
        var holds = true;
        for (var i = 0; i < _names.Length && (holds || run.WantsMore); i++)
        {
            run.Charge(cost);
            if (!MemberNames.Has(value, _names[i]))
            {
                holds = run.Fail(keyword, Missing(names[i]));
            }
        }

        return holds;
    }

    private string Missing(string name) =>
        trigger is null
            ? $"'{NearestName.Shorten(name)}' is missing."
            : $"'{NearestName.Shorten(name)}' is missing, which must be there when '{NearestName.Shorten(trigger)}' is.";
}
