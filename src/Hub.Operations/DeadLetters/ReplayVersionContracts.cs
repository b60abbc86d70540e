namespace Hub.Operations.DeadLetters;

/// <summary>Said when an execution goes on with an older version than its workflow has by now.</summary>
/// <param name="Version">The one it goes on with.</param>
/// <param name="NewestVersion">The workflow's newest one.</param>
/// <param name="Message">Why: the workflow is not active, a step that has run was changed, or the failed step would be left out.</param>
/// <param name="Restart">How to begin anew with the newest version instead.</param>
public sealed record OlderVersion(int Version, int NewestVersion, string Message, RestartOffer Restart);

/// <param name="Request">The request that does it.</param>
/// <param name="CallsMadeAgain">The steps whose calls were made, and would be made again.</param>
public sealed record RestartOffer(string Request, IReadOnlyList<string> CallsMadeAgain);

/// <summary>Dead letters that go on with the same older version, for the same reason.</summary>
/// <param name="Restart">For each of them, with its id in the place of <c>{id}</c>.</param>
public sealed record ManyOnOlderVersion(
    Guid WorkflowId,
    int Version,
    int NewestVersion,
    string Message,
    RestartOffer Restart,
    IReadOnlyList<Guid> DeadLetterIds
);
