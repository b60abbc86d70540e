namespace Hub.Storage.Executions;

/// <summary>The states of an execution; <see cref="ExecutionStateMachine"/> owns the moves between them.</summary>
public enum ExecutionStatus
{
    /// <summary>Waits to be claimed.</summary>
    Pending,

    /// <summary>Leased to a node.</summary>
    Running,

    /// <summary>Rests until a time a step asked for; no thread is held.</summary>
    Waiting,

    /// <summary>Rests until a failed step's next try.</summary>
    Retrying,
    Completed,
    Failed,
    Cancelled,
}

public static class ExecutionStatusText
{
    private static readonly string[] Texts = ["pending", "running", "waiting", "retrying", "completed", "failed", "cancelled"];

    /// <summary>The word used in the table, in URLs and on pages.</summary>
    public static string ToText(this ExecutionStatus status) => Texts[(int)status];

    public static bool TryParse(string text, out ExecutionStatus status)
    {
        var index = Array.IndexOf(Texts, text);
        status = (ExecutionStatus)Math.Max(index, 0);
        return index >= 0;
    }

    public static ExecutionStatus Parse(string text) =>
        TryParse(text, out var status) ? status : throw new FormatException($"'{text}' is not a state of an execution");
}
