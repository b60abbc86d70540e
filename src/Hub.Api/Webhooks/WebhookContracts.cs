using Hub.Operations.Deliveries;
using Hub.Storage.Executions;

namespace Hub.Api.Webhooks;

/// <param name="DeliveryId">The delivery as kept; of a duplicate, the first one.</param>
/// <param name="StatusUrl">Where to ask what became of it.</param>
/// <param name="Duplicate">Present and true when the Source has had this delivery already.</param>
internal sealed record AcceptedDelivery(Guid DeliveryId, string StatusUrl, bool? Duplicate);

/// <summary>The answer of a Source that waits.</summary>
/// <param name="Status">As of <see cref="DeliveryStatus"/>.</param>
internal sealed record FinishedDelivery(Guid DeliveryId, string Status, IReadOnlyList<FinishedExecution> Executions);

/// <param name="Status">completed, failed or cancelled; running when it has responded and goes on.</param>
internal sealed record FinishedExecution(Guid Id, ExecutionStatus Status);
