using Hub.Storage.Executions;

namespace Hub.Operations.Deliveries;

/// <param name="Status">accepted (it started nothing), filtered (no workflow wanted it), in_progress, completed, failed or cancelled.</param>
public sealed record DeliveryStatus(Guid DeliveryId, string Status, DateTimeOffset ReceivedAt, IReadOnlyList<StartedExecution> Executions);

public sealed record StartedExecution(Guid Id, Guid WorkflowId, ExecutionStatus Status);
