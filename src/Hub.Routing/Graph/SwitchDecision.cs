using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Templates;

namespace Hub.Routing.Graph;

/// <summary>The decision of a <c>switch</c>: the cases are tried in order up to the first that holds.</summary>
internal sealed class SwitchDecision : BranchDecision
{
    private readonly List<(string Port, ConditionExplanation Why)> _tried;
    private readonly bool _byDefault;

    private SwitchDecision(string? port, string? error, List<(string, ConditionExplanation)> tried, bool byDefault)
        : base(port, error)
    {
        _tried = tried;
        _byDefault = byDefault;
    }

    public override string Pointer => $"/cases/{_tried.Count - 1}/when";

    public static SwitchDecision Make(PlannedStep step, JsonElement runContext, TemplateOptions? options)
    {
        var tried = new List<(string, ConditionExplanation)>();
        foreach (var each in step.Cases!)
        {
            var result = each.When.Evaluate(runContext, options);
            tried.Add((each.Port, result.Why));
            if (result.Error is not null || result.Value)
            {
                return new SwitchDecision(result.Error is null ? each.Port : null, result.Error, tried, byDefault: false);
            }
        }

        return new SwitchDecision(step.DefaultPort, error: null, tried, byDefault: true);
    }

    public override void WriteWhy(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WritePort(writer);
        writer.WriteStartArray("cases"u8);
        foreach (var (port, why) in _tried)
        {
            writer.WriteStartObject();
            writer.WriteString("port"u8, port);
            writer.WritePropertyName("when"u8);
            why.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (_byDefault)
        {
            writer.WriteBoolean("default"u8, true);
        }

        writer.WriteEndObject();
    }
}
