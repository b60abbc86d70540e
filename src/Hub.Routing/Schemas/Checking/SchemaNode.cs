using System.Text.Json;

namespace Hub.Routing.Schemas.Checking;

/// <summary>A compiled schema: all of its rules must hold. The rules are set once, after references to it may exist.</summary>
internal sealed class SchemaNode(string pointer)
{
    /// <summary>Where it stands in the document.</summary>
    public string Pointer { get; } = pointer;

    public IReadOnlyList<SchemaRule> Rules { get; set; } = [];

    public bool Check(SchemaRun run, JsonElement value)
    {
        run.Enter();
        var holds = true;
        for (var i = 0; i < Rules.Count && (holds || run.WantsMore); i++)
        {
            run.Charge(1);
            holds &= Rules[i].Check(run, value);
        }

        run.Leave();
        return holds;
    }
}
