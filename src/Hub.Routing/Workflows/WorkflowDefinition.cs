using System.Text.Json;

namespace Hub.Routing.Workflows;

/// <summary>A workflow as its document says it, checked by <see cref="WorkflowReader"/>. Immutable.</summary>
/// <param name="Vars">The document's <c>vars</c> object; undefined when absent.</param>
public sealed record WorkflowDefinition(
    string Name,
    string? Description,
    TriggerDefinition Trigger,
    IReadOnlyList<StepDefinition> Steps,
    ErrorPolicy ErrorPolicy,
    JsonElement Vars
);
