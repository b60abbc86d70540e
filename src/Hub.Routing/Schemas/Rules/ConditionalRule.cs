using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class ConditionalRule(SchemaNode when, SchemaNode? then, SchemaNode? otherwise) : SchemaRule
{
    public override IEnumerable<SchemaNode> SamePlace => new[] { when, then, otherwise }.OfType<SchemaNode>();

    public override bool Check(SchemaRun run, JsonElement value) => (run.Holds(when, value) ? then : otherwise)?.Check(run, value) ?? true;
}
