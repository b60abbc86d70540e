using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows;

namespace Hub.Routing.Graph;

/// <summary>A step with everything about it compiled. Immutable.</summary>
public sealed class PlannedStep
{
    internal PlannedStep(int index, StepDefinition definition, RetryPolicy retry, StepTypeDescription? type, JsonElement vars)
    {
        Index = index;
        Definition = definition;
        Retry = retry;
        Inputs = definition.With.ValueKind == JsonValueKind.Undefined ? null : InputTemplate.Compile(definition.With, type);
        HostIsWrittenOut = type is not null && WrittenHosts.Of(definition.With, type, vars) is not null;
        When = definition.Type == FlowSteps.If ? Condition.Parse(definition.When) : null;
        Cases = definition.Type == FlowSteps.Switch ? [.. definition.Cases.Select(each => new SwitchCase(each.Port, Condition.Parse(each.When)))] : null;
    }

    /// <summary>The place in the document, and in <see cref="WorkflowPlan.Steps"/>.</summary>
    public int Index { get; }

    /// <summary>JSON Pointer of the step in the document.</summary>
    public string Pointer => $"/steps/{Index}";

    public StepDefinition Definition { get; }

    /// <summary>Null when the step has no <c>with</c>.</summary>
    public InputTemplate? Inputs { get; }

    /// <summary>Whether the document alone decides which host the step calls.</summary>
    public bool HostIsWrittenOut { get; }

    /// <summary>Set for an <c>if</c>.</summary>
    public Condition? When { get; }

    /// <summary>Set for a <c>switch</c>.</summary>
    public IReadOnlyList<SwitchCase>? Cases { get; }

    public string? DefaultPort => Definition.Default;

    /// <summary>The step's policy, else the workflow's, else the defaults.</summary>
    public RetryPolicy Retry { get; }
}

/// <summary>A compiled case of a <c>switch</c>.</summary>
public sealed record SwitchCase(string Port, Condition When);
