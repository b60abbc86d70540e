namespace Hub.Storage.Queue;

/// <summary>An execution that failed or was cancelled, as far as it matters for going on with it.</summary>
/// <param name="Claim">Its claim number when this was read.</param>
/// <param name="NewestVersion">The version that its workflow has now; null when the workflow was deleted.</param>
/// <param name="IsActive">Whether the workflow is active.</param>
/// <param name="Completed">The steps that completed and stay done, each with the port it took.</param>
/// <param name="Handled">The steps that failed, with the error handled, and stay so.</param>
/// <param name="Undone">The steps that were tried without success, and are to be run again.</param>
public sealed record EndedExecution(
    Guid Id,
    Guid WorkflowId,
    int Version,
    int Claim,
    Guid? DeliveryId,
    int? NewestVersion,
    bool IsActive,
    IReadOnlyDictionary<string, string?> Completed,
    IReadOnlyList<string> Handled,
    IReadOnlyList<string> Undone
);

/// <summary>With which version an ended execution goes on.</summary>
/// <param name="Claim">The claim number that it had when that was decided.</param>
public sealed record Resumption(Guid ExecutionId, int Version, int Claim);
