namespace Hub.Api.Workflows;

/// <param name="StatusUrl">Where the execution can be looked up.</param>
internal sealed record StartedByHand(Guid ExecutionId, string StatusUrl);
