using Hub.Api.DeadLetters;
using Hub.Engine.Replays;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Hub.Storage.Queue;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Executions;

/// <summary>Runs a failed or cancelled execution on, as the replay of a dead letter does.</summary>
internal sealed class ExecutionRetry(HubDbContext database, EndedExecutions ended, ReplayVersions versions, ExecutionQueue queue)
{
    /// <returns>Null when it has not ended so, or does not exist.</returns>
    public async Task<Resumed?> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await ended.FindAsync(id, cancellationToken) is not { } execution)
        {
            return null;
        }

        var choice = await versions.ChooseAsync(execution, cancellationToken);
        var letter = choice.Older is null
            ? null
            : await database
                .DeadLetters.Where(row => row.ExecutionId == id && row.Status == DeadLetterStatus.Open)
                .Select(row => (Guid?)row.Id)
                .FirstOrDefaultAsync(cancellationToken);
        return await queue.ResumeAsync(choice.Resumption, cancellationToken)
            ? new Resumed(id, choice.Version, OlderVersions.OfExecution(choice, letter))
            : null;
    }
}
