using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;

namespace Hub.Storage.Queue;

/// <summary>An execution leased to this node, with everything needed to run it.</summary>
/// <param name="DeliveryId">The delivery that started it, when one did.</param>
/// <param name="Delivery">The delivery; null when it is no longer kept, or <paramref name="IsLarge"/>.</param>
/// <param name="Claim">The claim's number, which every record of it must carry.</param>
/// <param name="Input">JSON given by hand, when there is no delivery.</param>
/// <param name="Steps">What earlier runs recorded; empty when <paramref name="IsLarge"/>.</param>
/// <param name="IsLarge">
/// Whether its body, or what was recorded of its steps, is above <see cref="ExecutionQueue.LargeBody"/>: both are loaded when it really runs.
/// </param>
/// <param name="ParkedOn">What it was parked on when it was claimed.</param>
public sealed record ClaimedExecution(
    Guid Id,
    Guid WorkflowId,
    int Version,
    string Trigger,
    Guid? DeliveryId,
    Delivery? Delivery,
    string? Input,
    int Claim,
    int FailedTries,
    DateTimeOffset CreatedAt,
    IReadOnlyList<RecordedStep> Steps,
    bool IsLarge = false,
    string? ParkedOn = null
)
{
    /// <summary>The step of another execution that runs this one; null when none does.</summary>
    public ExecutionParent? Parent { get; init; }

    /// <summary>Its <see cref="IterationPath"/>; null when it is no item.</summary>
    public string? Iteration { get; init; }

    /// <summary>JSON of the item that it runs for; null when it is none.</summary>
    public string? Item { get; init; }
}

/// <summary>A step as recorded, and when it is due again.</summary>
/// <param name="DueIn">Time until it is due, by the database's clock; zero or less is due.</param>
public sealed record RecordedStep(StepRecord Record, bool Due, TimeSpan DueIn)
{
    /// <summary>Of one that awaits something: whether it has come. One that is due without that has waited in vain.</summary>
    public bool HasCome { get; init; }
}
