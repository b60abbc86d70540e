using Hub.Connectors.Contract;
using Hub.Engine.Parking;

namespace Hub.Engine.Resilience;

/// <summary>What became of a call: its result, or why it was put off.</summary>
/// <param name="Result">Null when it was not made.</param>
/// <param name="Parked">What it waits for, and what to say of that; null when it was made.</param>
public readonly record struct CallAnswer(ActionResult? Result, CallRefusal? Parked);

/// <summary>Why a call was not made yet.</summary>
/// <param name="Rest">How long it waits when nobody tells of room.</param>
public sealed record CallRefusal(IParkingReason Reason, ConnectorError Error, TimeSpan Rest);
