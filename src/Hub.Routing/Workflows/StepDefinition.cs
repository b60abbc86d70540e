using System.Text.Json;

namespace Hub.Routing.Workflows;

/// <summary>One unit of work of a workflow.</summary>
public sealed record StepDefinition
{
    public required string Id { get; init; }

    /// <summary>A flow step (<see cref="FlowSteps"/>) or a connector action such as <c>slack.post_message</c>.</summary>
    public required string Type { get; init; }

    public string? Name { get; init; }

    /// <summary>The incoming edges; none means after the trigger.</summary>
    public IReadOnlyList<StepReference> After { get; init; } = [];

    public StepJoin Join { get; init; }

    /// <summary>The inputs, not rendered; undefined when absent.</summary>
    public JsonElement With { get; init; }

    public string? Credential { get; init; }

    /// <summary>This step's own policy, its missing fields filled from the workflow's; null when the step states none.</summary>
    public RetryPolicy? Retry { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>The condition of an <c>if</c>; undefined for other steps.</summary>
    public JsonElement When { get; init; }

    /// <summary>The cases of a <c>switch</c>, tried in order.</summary>
    public IReadOnlyList<SwitchCaseDefinition> Cases { get; init; } = [];

    /// <summary>The port a <c>switch</c> takes when no case holds; null for none.</summary>
    public string? Default { get; init; }
}

/// <summary>How many of a step's incoming edges must be taken before it runs.</summary>
public enum StepJoin
{
    All,
    Any,
}

/// <summary>One case of a <c>switch</c>.</summary>
public sealed record SwitchCaseDefinition(string Port, JsonElement When);
