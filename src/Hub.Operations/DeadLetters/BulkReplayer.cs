using Hub.Engine.Executions;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Hub.Storage.Notifications;

namespace Hub.Operations.DeadLetters;

/// <summary>Replays many dead letters at once.</summary>
public sealed class BulkReplayer(DeadLetterReplays replays, ManyReplays many, WakeSignal wake, HubChannel channel)
{
    /// <summary>How many dead letters one request may replay.</summary>
    public const int Most = 10_000;

    /// <summary>Those that are named, or the open ones that a filter finds; the oldest first.</summary>
    public async Task<OperationResult<ManyReplayed>> ReplayAsync(WorkspaceScope scope, ManyToReplay asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (ErrorOf(asked) is { } error)
        {
            return error;
        }

        var (letters, more) = await LettersAsync(asked, cancellationToken);
        var (done, older) =
            asked.Mode == "restart" ? (await many.RestartAsync(letters, cancellationToken), []) : await many.ResumeAsync(letters, cancellationToken);
        var replayed = done.Where(each => each.Refusal is null).Select(each => each.LetterId).ToHashSet();
        var refusals = done.ToDictionary(each => each.LetterId, each => each.Refusal);
        if (replayed.Count > 0)
        {
            wake.Now();
            await channel.NotifyAsync(HubNotice.Due, letters[0], CancellationToken.None);
        }

        var notReplayed = letters.Where(id => !replayed.Contains(id)).Select(id => Refused(id, refusals.GetValueOrDefault(id))).ToList();
        return new ManyReplayed(replayed.Count, notReplayed, more, older);
    }

    private static OperationError? ErrorOf(ManyToReplay asked)
    {
        if (asked.Ids is null == asked.Filter is null || asked.Ids?.Count > Most)
        {
            return OperationError.Invalid("replay_invalid", $"Give either 'ids', {Most} at most, or a 'filter'; an empty filter means every open dead letter.");
        }

        if (asked.Mode is not (null or "resume" or "restart"))
        {
            return OperationError.Invalid("mode_unknown", $"'{asked.Mode}' is not a way to replay. Use resume or restart.");
        }

        return BulkLimit.Error(asked.Limit, Most) ?? TimeBounds.Error(asked.Filter?.From, asked.Filter?.To);
    }

    private async Task<(IReadOnlyList<Guid> Letters, bool More)> LettersAsync(ManyToReplay asked, CancellationToken cancellationToken)
    {
        if (asked.Filter is not { } filter)
        {
            return ([.. asked.Ids!.Distinct().Order()], false);
        }

        var most = asked.Limit ?? Most;
        var open = new DeadLetterFilter(filter.WorkflowId, filter.StepId, filter.Code, filter.From, filter.To);
        var found = await replays.FindOpenAsync(open, most + 1, cancellationToken);
        return found.Count > most ? ([.. found.Take(most)], true) : (found, false);
    }

    private static NotReplayed Refused(Guid id, string? refusal) =>
        new(
            id,
            refusal ?? "not_found",
            refusal switch
            {
                "already_replayed" => "It has been replayed already, or its execution goes on.",
                "discarded" => "It was discarded. To replay it, bring it back first: PATCH it with { \"status\": \"open\" }.",
                "workflow_deleted" => "The workflow was deleted; only mode 'resume' can run its old version on.",
                "delivery_expired" => "The delivery that it starts from is no longer kept.",
                _ => "There is no such dead letter.",
            }
        );
}
