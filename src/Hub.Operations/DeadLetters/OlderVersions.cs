using Hub.Engine.Replays;

namespace Hub.Operations.DeadLetters;

/// <summary>Says that executions go on with older versions, and how to begin anew with the newest.</summary>
internal static class OlderVersions
{
    /// <summary>Of one dead letter.</summary>
    public static OlderVersion? Of(VersionChoice choice, Guid letter) => Of(choice, RestartOf(letter.ToString()));

    /// <summary>Of an execution that may have no dead letter, as it was cancelled.</summary>
    public static OlderVersion? OfExecution(VersionChoice choice, Guid? letter) =>
        Of(
            choice,
            letter is { } id ? RestartOf(id.ToString())
                : choice.Execution.DeliveryId is { } delivery
                    ? $$"""POST /api/v1/deliveries/{{delivery}}/replay {"workflowId":"{{choice.Execution.WorkflowId}}"}"""
                : $"POST /api/v1/workflows/{choice.Execution.WorkflowId}/execute"
        );

    /// <summary>Of many, those together that have the same reason.</summary>
    public static IReadOnlyList<ManyOnOlderVersion> Of(IEnumerable<(Guid Letter, VersionChoice Choice)> replayed) =>
        [
            .. replayed
                .Where(each => each.Choice.Older is not null)
                .GroupBy(each =>
                    (each.Choice.Execution.WorkflowId, each.Choice.Version, each.Choice.Older!.Why, Calls: string.Join(',', each.Choice.Older.CallsMadeAgain))
                )
                .Select(group => (Choice: group.First().Choice, Letters: group.Select(each => each.Letter).ToList()))
                .Select(group => new ManyOnOlderVersion(
                    group.Choice.Execution.WorkflowId,
                    group.Choice.Version,
                    group.Choice.Older!.NewestVersion,
                    group.Choice.Older.Why,
                    new RestartOffer(RestartOf("{id}"), group.Choice.Older.CallsMadeAgain),
                    group.Letters
                )),
        ];

    private static OlderVersion? Of(VersionChoice choice, string request) =>
        choice.Older is { } older ? new OlderVersion(choice.Version, older.NewestVersion, older.Why, new RestartOffer(request, older.CallsMadeAgain)) : null;

    private static string RestartOf(string letter) => $$"""POST /api/v1/dead-letters/{{letter}}/replay {"mode":"restart"}""";
}
