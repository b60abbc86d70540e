namespace Hub.Storage.Executions;

/// <summary>What can start an execution, as the table and its CHECK spell it. A new kind has its line here and in a migration.</summary>
public static class ExecutionTriggers
{
    /// <summary>A delivery, for a workflow of its Source.</summary>
    public const string Webhook = "webhook";

    /// <summary>A person, or whoever calls the API.</summary>
    public const string Manual = "manual";

    /// <summary>A replay of a delivery or of a dead letter, from the start.</summary>
    public const string Replay = "replay";

    /// <summary>A step of another execution that runs a workflow.</summary>
    public const string Workflow = "workflow";

    /// <summary>A step of another execution that runs once for each of many items.</summary>
    public const string Item = "item";

    public static IReadOnlyList<string> All { get; } = [Webhook, Manual, Replay, Workflow, Item];
}
