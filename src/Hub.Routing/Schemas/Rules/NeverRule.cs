using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary>The schema <c>false</c>.</summary>
internal sealed class NeverRule : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value) => run.Fail("false", "There must be nothing here.");
}
