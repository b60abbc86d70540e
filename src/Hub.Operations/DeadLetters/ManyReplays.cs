using Hub.Engine.Replays;
using Hub.Storage.DeadLetters;
using Hub.Storage.Queue;

namespace Hub.Operations.DeadLetters;

/// <summary>Replays many dead letters, a batch at a time.</summary>
public sealed class ManyReplays(DeadLetterReplays replays, EndedExecutions ended, ReplayVersions versions, TimeProvider time)
{
    /// <summary>Their executions go on where they failed, each with the newest version where that can be.</summary>
    public async Task<(IReadOnlyList<LetterReplay> Done, IReadOnlyList<ManyOnOlderVersion> OnOlderVersion)> ResumeAsync(
        IReadOnlyList<Guid> letters,
        CancellationToken cancellationToken
    )
    {
        var done = new List<LetterReplay>(letters.Count);
        var older = new List<(Guid Letter, VersionChoice Choice)>();
        foreach (var batch in letters.Chunk(DeadLetterReplays.Batch))
        {
            var choices = await versions.ChooseAsync(await ended.OfLettersAsync(batch, cancellationToken), cancellationToken);
            var byExecution = choices.Where(choice => choice.Older is not null).ToDictionary(choice => choice.Execution.Id);
            foreach (var replay in await replays.ResumeAsync(batch, [.. choices.Select(choice => choice.Resumption)], cancellationToken))
            {
                done.Add(replay);
                if (replay.ExecutionId is { } execution && byExecution.TryGetValue(execution, out var choice))
                {
                    older.Add((replay.LetterId, choice));
                }
            }
        }

        return (done, OlderVersions.Of(older));
    }

    /// <summary>New executions of the newest versions begin from the same deliveries or inputs.</summary>
    public async Task<IReadOnlyList<LetterReplay>> RestartAsync(IReadOnlyList<Guid> letters, CancellationToken cancellationToken)
    {
        var done = new List<LetterReplay>(letters.Count);
        foreach (var batch in letters.Chunk(DeadLetterReplays.Batch))
        {
            done.AddRange(await replays.RestartAsync(batch, time.GetUtcNow(), cancellationToken));
        }

        return done;
    }
}
