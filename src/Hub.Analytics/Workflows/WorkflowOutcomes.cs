namespace Hub.Analytics.Workflows;

/// <summary>How the executions of one workflow went that were created in a span of time.</summary>
/// <param name="WorkflowName">The workflow's name now, also of one that was deleted.</param>
/// <param name="Executions">All of them, whatever their state.</param>
/// <param name="InProgress">Those that have not ended yet.</param>
/// <param name="SuccessRate">Completed among completed and failed, 0 to 1; null when none of either.</param>
/// <param name="MedianSeconds">From creation to completion, in seconds, of those that completed.</param>
/// <param name="P95Seconds">The time within which 95 % of them completed.</param>
public sealed record WorkflowOutcomes(
    Guid WorkflowId,
    string? WorkflowName,
    long Executions,
    long Completed,
    long Failed,
    long Cancelled,
    long InProgress,
    double? SuccessRate,
    double? MedianSeconds,
    double? P95Seconds
);
