using static Hub.Storage.Executions.ExecutionStatus;

namespace Hub.Storage.Executions;

/// <summary>The one owner of an execution's moves (docs/state-machine.md). SQL that moves a row takes its from-states here.</summary>
public static class ExecutionStateMachine
{
    private static readonly Dictionary<ExecutionStatus, ExecutionStatus[]> Moves = new()
    {
        [Pending] = [Running, Cancelled],
        [Running] = [Running, Pending, Waiting, Retrying, Completed, Failed, Cancelled],
        [Waiting] = [Running, Cancelled],
        [Retrying] = [Running, Cancelled],
        [Failed] = [Pending],
        [Cancelled] = [Pending],
        [Completed] = [],
    };

    public static bool MayMove(ExecutionStatus from, ExecutionStatus to) => Moves[from].Contains(to);

    /// <summary>The states from which <paramref name="to"/> can be reached, as the table spells them.</summary>
    public static string[] SourcesOf(ExecutionStatus to) => [.. Moves.Where(move => move.Value.Contains(to)).Select(move => move.Key.ToText())];

    /// <summary>The final states from which a person can have an execution go on, as the table spells them.</summary>
    public static string[] Resumable { get; } = [.. Moves.Keys.Where(state => IsFinal(state) && MayMove(state, Pending)).Select(state => state.ToText())];

    /// <summary>Whether nothing moves it any more but a person.</summary>
    public static bool IsFinal(ExecutionStatus status) => status is Completed or Failed or Cancelled;
}
