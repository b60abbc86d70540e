using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary>
/// <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c> and <c>propertyNames</c>. Of names that occur twice, every value is checked.
/// </summary>
internal sealed class MembersRule(
    IReadOnlyDictionary<string, SchemaNode> named,
    IReadOnlyList<(Regex Pattern, SchemaNode Schema)> patterned,
    SchemaNode? additional,
    bool refusesAdditional,
    SchemaNode? names
) : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var holds = true;
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonText.ReadName(member);
            run.Charge(1 + (name.Length >> 4));
            holds &= CheckMember(run, name, member.Value);
            if (!holds && !run.WantsMore)
            {
                break;
            }
        }

        return holds;
    }

    private bool CheckMember(SchemaRun run, string name, JsonElement value)
    {
        var holds =
            names is null
            || run.Holds(names, MemberNames.ToElement(name))
            || run.Fail("propertyNames", () => $"The name '{NearestName.Shorten(name)}' is not one that is allowed here.");
        var isKnown = named.TryGetValue(name, out var schema);
        if (isKnown)
        {
            holds &= run.CheckMember(schema!, name, value);
        }

        foreach (var (pattern, each) in patterned)
        {
            if (PatternRule.Matches(run, pattern, name))
            {
                isKnown = true;
                holds &= run.CheckMember(each, name, value);
            }
        }

        if (isKnown)
        {
            return holds;
        }

        return refusesAdditional
            ? run.Fail("additionalProperties", () => Unknown(name))
            : (additional is null || run.CheckMember(additional, name, value)) && holds;
    }

    private string Unknown(string name)
    {
        var nearest = NearestName.Find(name, named.Keys);
        return nearest is null
            ? $"There must be no '{NearestName.Shorten(name)}' here."
            : $"There must be no '{NearestName.Shorten(name)}' here; '{nearest}' may be meant.";
    }
}
