namespace Hub.Api.Health;

/// <param name="Status">healthy, paused when that is all that is to be said, or unhealthy when something is wrong that keeps deliveries or results from being
/// kept.</param>
/// <param name="Problems">What is wrong; empty when nothing is.</param>
internal sealed record HealthView(string Status, IReadOnlyList<HealthProblem> Problems, DatabaseHealth Database, CommitHealth Intake, CommitHealth Journal);

/// <param name="Code">Stable.</param>
/// <param name="Message">A sentence for a person.</param>
internal sealed record HealthProblem(string Code, string Message);

/// <param name="Durable">Whether the server flushes a commit before it answers; null while it does not answer.</param>
/// <param name="Warning">When it does not: what can be lost, and what to do.</param>
internal sealed record DatabaseHealth(string Status, string Kind, bool? Durable, string? Warning);

/// <summary>How this node's commits go.</summary>
/// <param name="LastCommit">When the last one succeeded; null when none has since the start.</param>
/// <param name="LastFailure">When the last one failed.</param>
/// <param name="WaitingSince">Since when the oldest item waits for its commit; null when none does.</param>
internal sealed record CommitHealth(string Status, DateTimeOffset? LastCommit, DateTimeOffset? LastFailure, DateTimeOffset? WaitingSince);
