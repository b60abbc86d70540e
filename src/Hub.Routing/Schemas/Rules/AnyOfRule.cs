using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>anyOf</c>: at least one holds.</summary>
internal sealed class AnyOfRule(IReadOnlyList<SchemaNode> schemas) : SchemaRule
{
    public override IEnumerable<SchemaNode> SamePlace => schemas;

    public override bool Check(SchemaRun run, JsonElement value)
    {
        foreach (var schema in schemas)
        {
            if (run.Holds(schema, value))
            {
                return true;
            }
        }

        return run.Fail("anyOf", $"This fits none of the {schemas.Count} forms that are allowed.");
    }
}
