namespace Hub.Storage.Inbox;

/// <summary>What one commit of the inbox must keep together: a delivery, when there is one, and the executions it starts.</summary>
public sealed record InboxEntry(Delivery? Delivery, IReadOnlyList<NewExecution> Executions);

/// <summary>An execution to be born.</summary>
/// <param name="Leased">Whether this node runs it at once; else any node may claim it.</param>
public sealed record NewExecution(
    Guid Id,
    Guid WorkflowId,
    int Version,
    string Trigger,
    Guid? DeliveryId,
    string? Input,
    Guid? ReplayOf,
    DateTimeOffset CreatedAt,
    bool Leased);
