using Hub.Engine.Parking;

namespace Hub.Engine.Resilience;

/// <summary>For whom a call is made.</summary>
/// <param name="Workspace">Every limit and breaker is one workspace's own.</param>
/// <param name="IsNew">Whether the step was neither tried nor parked before.</param>
/// <param name="ParkedOn">What the execution was parked on before it was claimed.</param>
/// <param name="Arrival">The room that is kept for it, when it was claimed because there was some.</param>
public readonly record struct CallOrder(string Workspace, Guid Workflow, bool IsNew, string? ParkedOn = null, Arrival? Arrival = null);
