using Hub.Storage.Executions;

namespace Hub.Operations.Deliveries;

/// <summary>What became of an accepted delivery, in one word.</summary>
public static class DeliveryOutcome
{
    public static readonly string[] All = ["unrouted", "filtered", "in_progress", "completed", "failed", "cancelled"];

    /// <summary>The same as the search's filter by outcome.</summary>
    /// <param name="started">The states of the executions it started itself.</param>
    /// <param name="isDecided">Whether triggers with a filter or schema looked at it.</param>
    public static string Of(IReadOnlyCollection<ExecutionStatus> started, bool isDecided) =>
        started.Count == 0 ? (isDecided ? "filtered" : "unrouted")
        : started.Any(status => !ExecutionStateMachine.IsFinal(status)) ? "in_progress"
        : started.Contains(ExecutionStatus.Failed) ? "failed"
        : started.All(status => status == ExecutionStatus.Cancelled) ? "cancelled"
        : "completed";

    /// <summary>The same for the sender, whom it does not concern whether a workflow is active: accepted when nothing was started.</summary>
    public static string ForSender(IReadOnlyCollection<ExecutionStatus> started, bool isDecided) =>
        Of(started, isDecided) switch
        {
            "unrouted" => "accepted",
            var outcome => outcome,
        };
}
