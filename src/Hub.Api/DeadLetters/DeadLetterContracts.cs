using Hub.Operations.DeadLetters;

namespace Hub.Api.DeadLetters;

/// <param name="Mode">
/// <c>resume</c> (unless given): the same execution goes on, steps that completed are not run again. It goes on with the newest version of its
/// workflow where that is active and leaves those steps unchanged, else with the version it ran.
/// <c>restart</c>: a new execution of the workflow's newest version begins from the delivery.
/// </param>
internal sealed record ReplayRequest(string? Mode);

/// <param name="Version">The version of the workflow that it runs.</param>
/// <param name="OlderVersion">Set when the workflow has a newer one: why it does not go on with that, and what would. Else null.</param>
internal sealed record Replayed(Guid ExecutionId, string StatusUrl, int Version, OlderVersion? OlderVersion);
