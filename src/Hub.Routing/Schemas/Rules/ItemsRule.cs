using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>prefixItems</c> for the first items, <c>items</c> for those after them.</summary>
internal sealed class ItemsRule(IReadOnlyList<SchemaNode> prefix, SchemaNode? rest) : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        var holds = true;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var schema = index < prefix.Count ? prefix[index] : rest;
            if (schema is null || (!holds && !run.WantsMore))
            {
                break;
            }

            holds &= run.CheckItem(schema, index++, item);
        }

        return holds;
    }
}
