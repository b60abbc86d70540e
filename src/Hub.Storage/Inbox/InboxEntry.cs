using Hub.Storage.Executions;

namespace Hub.Storage.Inbox;

/// <summary>What one commit of the inbox must keep together: a delivery, when there is one, and the executions it starts.</summary>
public sealed record InboxEntry(Delivery? Delivery, IReadOnlyList<NewExecution> Executions)
{
    /// <summary>How long a key is remembered when its Source does not say.</summary>
    public static readonly TimeSpan DefaultDedupeWindow = TimeSpan.FromDays(7);

    /// <summary>About what it holds of the memory while it waits, in bytes: headers are a sender's to choose, too.</summary>
    public long Size =>
        1024L
        + (Delivery is { } kept ? kept.Body.Length + (sizeof(char) * (kept.Headers.Length + kept.Query.Length + (Decisions?.Length ?? 0))) : 0)
        + Executions.Sum(execution => sizeof(char) * (execution.Input?.Length ?? 0));

    /// <summary>How long the delivery's key is remembered, in whole seconds.</summary>
    public TimeSpan DedupeWindow { get; init; } = DefaultDedupeWindow;

    /// <summary>What the triggers that look at the delivery decided, a JSON array; null when none looks.</summary>
    public string? Decisions { get; init; }

    /// <summary>Whether the delivery lay in quarantine, under the same id, and leaves it now.</summary>
    public bool IsFromQuarantine { get; init; }
}

/// <summary>An execution to be created.</summary>
/// <param name="Leased">Whether this node runs it at once; else any node may claim it.</param>
public sealed record NewExecution(
    Guid Id,
    Guid WorkflowId,
    int Version,
    string Trigger,
    Guid? DeliveryId,
    string? Input,
    Guid? ReplayOf,
    DateTimeOffset CreatedAt,
    bool Leased
)
{
    /// <summary>The step of another execution that runs this one; null when none does.</summary>
    public ExecutionParent? Parent { get; init; }

    /// <summary>Its <see cref="IterationPath"/>; null when it is no item.</summary>
    public string? Iteration { get; init; }

    /// <summary>JSON of the item that it runs for; null when it is none.</summary>
    public string? Item { get; init; }

    /// <summary>A repetition of the same request for the same workflow has the same key, and starts nothing; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the input as it was sent, set with the key: another input under the same key is a mistake.</summary>
    public byte[]? InputHash { get; init; }
}
