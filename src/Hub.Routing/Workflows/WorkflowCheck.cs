namespace Hub.Routing.Workflows;

/// <summary>What reading a workflow document gave.</summary>
/// <param name="Definition">Null when any error is an error.</param>
/// <param name="Errors">Everything found, in the order of the steps.</param>
public sealed record WorkflowCheck(WorkflowDefinition? Definition, IReadOnlyList<WorkflowError> Errors);
