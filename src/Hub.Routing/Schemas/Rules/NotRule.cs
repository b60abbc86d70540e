using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>not</c>: the schema does not hold.</summary>
internal sealed class NotRule(SchemaNode schema) : SchemaRule
{
    public override IEnumerable<SchemaNode> SamePlace => [schema];

    public override bool Check(SchemaRun run, JsonElement value) => !run.Holds(schema, value) || run.Fail("not", "This is just what 'not' rules out.");
}
