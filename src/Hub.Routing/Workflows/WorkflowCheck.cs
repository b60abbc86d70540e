namespace Hub.Routing.Workflows;

/// <summary>What reading a workflow document gave.</summary>
/// <param name="Definition">Null when any of them is an error, not only a warning.</param>
/// <param name="Errors">Everything found, in the order of the steps.</param>
public sealed record WorkflowCheck(WorkflowDefinition? Definition, IReadOnlyList<WorkflowError> Errors);
