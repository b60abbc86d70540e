using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Templates;
using Hub.Routing.Workflows;

namespace Hub.Routing.Graph;

/// <summary>The port a branching step takes, and why. It refers to the run context: write it while that document lives.</summary>
public abstract class BranchDecision
{
    private protected BranchDecision(string? port, string? error)
    {
        Port = port;
        Error = error;
    }

    /// <summary>Null when a <c>switch</c> has neither a matching case nor a default, and when <see cref="Error"/> is set.</summary>
    public string? Port { get; }

    /// <summary>Set when a condition could not be decided: the step failed, and leaves by its error port.</summary>
    public string? Error { get; }

    /// <summary>The condition that was looked at last, as a JSON Pointer from its step: <c>/when</c>, <c>/cases/1/when</c>.</summary>
    public abstract string Pointer { get; }

    /// <exception cref="ArgumentException">The step does not branch.</exception>
    public static BranchDecision Decide(PlannedStep step, JsonElement runContext, TemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Definition.Type switch
        {
            FlowSteps.If => IfDecision.Make(step, runContext, options),
            FlowSteps.Switch => SwitchDecision.Make(step, runContext, options),
            _ => throw new ArgumentException($"A step of type '{step.Definition.Type}' does not branch.", nameof(step)),
        };
    }

    /// <summary>Writes one JSON object: the port taken and the explanation of every condition looked at.</summary>
    public abstract void WriteWhy(Utf8JsonWriter writer);

    private protected void WritePort(Utf8JsonWriter writer)
    {
        writer.WriteString("port"u8, Port);
        if (Error is not null)
        {
            writer.WriteString("error"u8, Error);
        }
    }
}

/// <summary>The decision of an <c>if</c>.</summary>
internal sealed class IfDecision : BranchDecision
{
    private readonly ConditionExplanation _why;

    private IfDecision(ConditionResult result)
        : base(
            result.Error is not null ? null
                : result.Value ? FlowSteps.TruePort
                : FlowSteps.FalsePort,
            result.Error
        ) => _why = result.Why;

    public override string Pointer => "/when";

    public static IfDecision Make(PlannedStep step, JsonElement runContext, TemplateOptions? options) => new(step.When!.Evaluate(runContext, options));

    public override void WriteWhy(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WritePort(writer);
        writer.WritePropertyName("when"u8);
        _why.WriteTo(writer);
        writer.WriteEndObject();
    }
}
