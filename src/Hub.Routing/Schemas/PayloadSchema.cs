using System.Text.Json;
using Hub.Routing.Schemas.Checking;
using Hub.Routing.Schemas.Reading;

namespace Hub.Routing.Schemas;

/// <summary>A compiled JSON Schema: the subset of draft 2020-12 that docs/workflow-format.md lists. Immutable and safe to share between threads.</summary>
/// <remarks>What the subset does not have is refused when compiling, so that a schema never checks less than it says.</remarks>
public sealed class PayloadSchema
{
    private readonly SchemaNode _root;

    private PayloadSchema(SchemaNode root) => _root = root;

    /// <exception cref="FormatException">The element is not a schema of the subset; <c>WorkflowReader</c> reports such places beforehand.</exception>
    public static PayloadSchema Parse(JsonElement schema) =>
        Parse(schema, out var flaws) ?? throw new FormatException($"{flaws[0].Pointer}: {flaws[0].Message}");

    /// <summary>
    /// What the schema does not allow about a value, up to <see cref="SchemaLimits.Errors"/>; empty when the value fulfils it. Never throws, whatever the
    /// value.
    /// </summary>
    public IReadOnlyList<SchemaError> Check(JsonElement value)
    {
        var run = new SchemaRun();
        try
        {
            _root.Check(run, value);
        }
        catch (SchemaLimitException e)
        {
            run.AddLimit(e.Message);
        }

        return run.Errors;
    }

    /// <summary>Compiles, or tells every flaw.</summary>
    internal static PayloadSchema? Parse(JsonElement schema, out IReadOnlyList<SchemaFlaw> flaws)
    {
        var reader = new SchemaReader();
        var root = reader.Read(schema);
        flaws = reader.Flaws;
        return flaws.Count == 0 ? new PayloadSchema(root) : null;
    }
}
