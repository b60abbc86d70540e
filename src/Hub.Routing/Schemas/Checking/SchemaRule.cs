using System.Text.Json;

namespace Hub.Routing.Schemas.Checking;

/// <summary>One keyword of a schema, or a few that only make sense together.</summary>
internal abstract class SchemaRule
{
    /// <summary>The schemas that are applied to the same value, by which a schema could come back to itself without end.</summary>
    public virtual IEnumerable<SchemaNode> SamePlace => [];

    /// <summary>Whether the value fulfils it; if not, the run is told why.</summary>
    /// <exception cref="SchemaLimitException">The work or depth allowed is used up.</exception>
    public abstract bool Check(SchemaRun run, JsonElement value);
}
