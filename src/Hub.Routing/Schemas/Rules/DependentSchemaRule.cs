using System.Text;
using System.Text.Json;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary>One entry of <c>dependentSchemas</c>: an object that has the member fulfils the schema.</summary>
internal sealed class DependentSchemaRule(string trigger, SchemaNode schema) : SchemaRule
{
    private readonly byte[] _trigger = Encoding.UTF8.GetBytes(trigger);

    public override IEnumerable<SchemaNode> SamePlace => [schema];

    public override bool Check(SchemaRun run, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        run.Charge(1 + (value.GetPropertyCount() >> 3));
        return !MemberNames.Has(value, _trigger) || schema.Check(run, value);
    }
}
