using Hub.Storage.Queue;

namespace Hub.Engine.Replays;

/// <summary>With which version an ended execution goes on.</summary>
/// <param name="Older">Set when its workflow has a newer version than that.</param>
public sealed record VersionChoice(EndedExecution Execution, int Version, OlderVersionReason? Older)
{
    public Resumption Resumption => new(Execution.Id, Version, Execution.Claim);
}

/// <summary>Why an execution does not go on with the newest version of its workflow.</summary>
/// <param name="Why">A sentence.</param>
/// <param name="CallsMadeAgain">The steps whose calls are behind it, and would be made again by an execution that begins anew.</param>
public sealed record OlderVersionReason(int NewestVersion, string Why, IReadOnlyList<string> CallsMadeAgain);
