using Hub.Storage.Inbox;
using Hub.Storage.Journal;

namespace Hub.Storage.Queue;

/// <summary>An execution leased to this node, with everything needed to run it.</summary>
/// <param name="DeliveryId">The delivery that started it, when one did.</param>
/// <param name="Delivery">The delivery; null when its body is large, to be loaded when the execution really runs.</param>
/// <param name="Claim">The claim's number, which every record of it must carry.</param>
/// <param name="Input">JSON given by hand, when there is no delivery.</param>
/// <param name="Steps">What earlier runs recorded; null when that is large, to be loaded when the execution really runs.</param>
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
    IReadOnlyList<RecordedStep>? Steps);

/// <summary>A step as recorded, and when it is due again.</summary>
/// <param name="DueIn">Time until it is due, by the database's clock; zero or less is due.</param>
public sealed record RecordedStep(StepRecord Record, bool Due, TimeSpan DueIn);
