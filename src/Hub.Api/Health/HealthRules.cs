using Hub.Storage.Health;

namespace Hub.Api.Health;

/// <summary>What counts as a problem.</summary>
internal static class HealthRules
{
    private const string PausedCode = "hub_paused";

    /// <summary>How long a commit, or its failure, says how things are now.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromSeconds(10);

    /// <summary>One word for all of it.</summary>
    public static string StatusOf(IReadOnlyList<HealthProblem> problems) =>
        problems switch
        {
            [] => "healthy",
            [{ Code: PausedCode }] => "paused",
            _ => "unhealthy",
        };

    public static HealthProblem? OfPause(string? reason) =>
        reason is null ? null : new(PausedCode, $"This hub is paused: {reason}. It receives nothing and runs nothing until POST /api/v1/resume.");

    public static HealthProblem? OfDatabase(ProbeResult probe) =>
        probe switch
        {
            { Failure: null } => null,
            { Durability: null } => new("database_silent", $"The database does not answer: {probe.Failure}."),
            _ => new("database_refuses_writes", $"The database answers, but takes no writes: {probe.Failure}."),
        };

    /// <param name="patience">How long a delivery may wait for its commit.</param>
    public static HealthProblem? OfIntake(CommitState state, ProbeResult probe, TimeSpan patience) =>
        IsFailing(state, probe) ? new("intake_fails", $"Deliveries cannot be kept, and are answered 503: {state.Failure}.")
        : state.Waiting > patience ? new("intake_waits", $"Deliveries have waited for their commit for {Seconds(state)} s, and are answered 503.")
        : null;

    /// <inheritdoc cref="OfIntake"/>
    public static HealthProblem? OfJournal(CommitState state, ProbeResult probe, TimeSpan patience) =>
        IsFailing(state, probe) ? new("journal_fails", $"What executions did cannot be recorded, and waits: {state.Failure}.")
        : state.Waiting > patience ? new("journal_waits", $"What executions did has waited to be recorded for {Seconds(state)} s.")
        : null;

    /// <summary>
    /// A failure holds until a commit succeeds. Where nothing comes any more, as nobody sends to a hub that is unhealthy, a write of the probe's own makes up
    /// for that.
    /// </summary>
    private static bool IsFailing(CommitState state, ProbeResult probe) => state.IsFailing && (state.SinceFailure < Lately || probe.Failure is not null);

    private static long Seconds(CommitState state) => (long)state.Waiting!.Value.TotalSeconds;
}
