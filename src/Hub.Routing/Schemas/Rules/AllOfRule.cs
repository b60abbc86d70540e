using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>allOf</c>: every one holds.</summary>
internal sealed class AllOfRule(IReadOnlyList<SchemaNode> schemas) : SchemaRule
{
    public override IEnumerable<SchemaNode> SamePlace => schemas;

    public override bool Check(SchemaRun run, JsonElement value)
    {
        var holds = true;
        for (var i = 0; i < schemas.Count && (holds || run.WantsMore); i++)
        {
            holds &= schemas[i].Check(run, value);
        }

        return holds;
    }
}
