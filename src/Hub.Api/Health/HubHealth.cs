using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Health;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Hub.Storage.Pausing;
using Microsoft.Extensions.Options;

namespace Hub.Api.Health;

/// <summary>How this node is: by its own last commits, and by a look at the database. However many ask, the database is asked once a second at most.</summary>
internal sealed class HubHealth(
    HubDatabase database,
    HubPause pause,
    DatabaseProbe probe,
    InboxWriter inbox,
    JournalWriter journal,
    IOptions<IntakeOptions> intake,
    TimeProvider time
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<ProbeResult>? _look;
    private long _lookedAt;

    public async Task<HealthView> LookAsync()
    {
        var probed = await ProbeAsync();
        var (incoming, recorded, patience) = (inbox.State, journal.State, intake.Value.AnswerWithin);
        var (ofDatabase, ofIntake, ofJournal) = (
            HealthRules.OfDatabase(probed),
            HealthRules.OfIntake(incoming, probed, patience),
            HealthRules.OfJournal(recorded, probed, patience)
        );
        List<HealthProblem> problems = [.. new[] { HealthRules.OfPause(pause.Reason), ofDatabase, ofIntake, ofJournal }.OfType<HealthProblem>()];
        var durability = probed.Durability;
        return new HealthView(
            HealthRules.StatusOf(problems),
            problems,
            new DatabaseHealth(StatusOf(ofDatabase), database.IsEmbedded ? "embedded PostgreSQL" : "PostgreSQL", durability?.IsKept, durability?.Warning),
            ViewOf(incoming, ofIntake),
            ViewOf(recorded, ofJournal)
        );
    }

    /// <summary>All who ask wait for one look. It tries a write where no delivery has been kept lately.</summary>
    private Task<ProbeResult> ProbeAsync()
    {
        lock (_gate)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_lookedAt) > Pause))
            {
                _lookedAt = time.GetTimestamp();
                _look = probe.LookAsync(writes: inbox.State is { IsFailing: true } or { SinceSuccess: null } || inbox.State.SinceSuccess > HealthRules.Lately);
            }

            return _look;
        }
    }

    private CommitHealth ViewOf(CommitState state, HealthProblem? problem)
    {
        var now = time.GetUtcNow();
        return new(StatusOf(problem), now - state.SinceSuccess, now - state.SinceFailure, now - state.Waiting);
    }

    private static string StatusOf(HealthProblem? problem) => problem is null ? "healthy" : "unhealthy";
}
