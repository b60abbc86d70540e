namespace Hub.Engine.Intake;

/// <summary>What became of the Sources that there are.</summary>
/// <param name="Receiving">Those that can judge requests.</param>
/// <param name="Closed">Those that cannot until somebody mends them. Their senders must not hear that there is no such address.</param>
public sealed record OpenedSources(IReadOnlyList<ReceivingSource> Receiving, IReadOnlyList<ClosedSource> Closed);

/// <summary>A Source that cannot judge requests.</summary>
/// <param name="Problem">Why, and what to do: for the operator, not for senders.</param>
public sealed record ClosedSource(Guid Id, string Problem);
