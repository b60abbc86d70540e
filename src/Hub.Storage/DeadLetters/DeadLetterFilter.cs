namespace Hub.Storage.DeadLetters;

/// <summary>Which open dead letters are meant; what is null does not matter.</summary>
/// <param name="StepId">The step that failed last.</param>
/// <param name="Code">The code of its error.</param>
/// <param name="From">Written at this time or later.</param>
/// <param name="To">Written before this time.</param>
public sealed record DeadLetterFilter(Guid? WorkflowId, string? StepId, string? Code, DateTimeOffset? From, DateTimeOffset? To);
