namespace Hub.Operations.Workflows;

/// <param name="Active">Whether new executions run it now: it is the newest one, and the workflow is active.</param>
public sealed record WorkflowVersionSummary(int Version, DateTimeOffset CreatedAt, bool Active);

/// <param name="Active">Whether new executions run it now: it is the newest one, and the workflow is active.</param>
/// <param name="Definition">The document as it was stored.</param>
public sealed record WorkflowVersionView(Guid WorkflowId, int Version, DateTimeOffset CreatedAt, bool Active, RawJson Definition);
