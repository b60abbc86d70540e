using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>oneOf</c>: exactly one holds.</summary>
internal sealed class OneOfRule(IReadOnlyList<SchemaNode> schemas) : SchemaRule
{
    public override IEnumerable<SchemaNode> SamePlace => schemas;

    public override bool Check(SchemaRun run, JsonElement value)
    {
        var first = -1;
        for (var i = 0; i < schemas.Count; i++)
        {
            if (!run.Holds(schemas[i], value))
            {
                continue;
            }

            if (first >= 0)
            {
                return run.Fail("oneOf", $"This fits the forms {first} and {i} of 'oneOf' (counted from 0), and must fit exactly one.");
            }

            first = i;
        }

        return first >= 0 || run.Fail("oneOf", $"This fits none of the {schemas.Count} forms that are allowed.");
    }
}
