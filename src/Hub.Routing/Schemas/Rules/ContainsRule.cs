using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c>: so many items fulfil a schema.</summary>
internal sealed class ContainsRule(SchemaNode schema, long least, long? most) : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var found = 0L;
        foreach (var item in value.EnumerateArray())
        {
            if (found >= least && most is null)
            {
                break;
            }

            found += run.Holds(schema, item) ? 1 : 0;
        }

        if (found < least)
        {
            return run.Fail(
                least == 1 ? "contains" : "minContains",
                $"At least {least} of the items must be as 'contains' says, and {found} {(found == 1 ? "is" : "are")}."
            );
        }

        return !(found > most) || run.Fail("maxContains", $"At most {most} of the items may be as 'contains' says, and {found} are.");
    }
}
