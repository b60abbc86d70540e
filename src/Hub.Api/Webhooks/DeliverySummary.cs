using Hub.Storage.Executions;

namespace Hub.Api.Webhooks;

/// <summary>One word for what became of a delivery.</summary>
internal static class DeliverySummary
{
    /// <param name="executions">The states of those it started.</param>
    public static string Of(List<ExecutionStatus> executions) =>
        executions.Count == 0 ? "accepted"
        : executions.Exists(status => !ExecutionStateMachine.IsFinal(status)) ? "in_progress"
        : executions.Contains(ExecutionStatus.Failed) ? "failed"
        : executions.TrueForAll(status => status == ExecutionStatus.Cancelled) ? "cancelled"
        : "completed";
}
