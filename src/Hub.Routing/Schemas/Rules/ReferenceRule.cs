using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>$ref</c> to a place in the same schema, which is set once all of it has been read.</summary>
internal sealed class ReferenceRule : SchemaRule
{
    public SchemaNode? Target { get; set; }

    public override IEnumerable<SchemaNode> SamePlace => Target is null ? [] : [Target];

    public override bool Check(SchemaRun run, JsonElement value) => Target!.Check(run, value);
}
