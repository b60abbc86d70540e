namespace Hub.Operations.DeadLetters;

/// <summary>Which dead letters a list is asked for; what is null lets all through.</summary>
/// <param name="Workflow">Its id or name; not together with <paramref name="WorkflowId"/>.</param>
/// <param name="Status">open, replayed or discarded.</param>
/// <param name="Code">The code of the error.</param>
/// <param name="Cursor">The last one of the page before.</param>
public sealed record DeadLetterQuery(
    Guid? WorkflowId = null,
    string? Workflow = null,
    Guid? ExecutionId = null,
    string? Status = null,
    string? StepId = null,
    string? Code = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    Guid? Cursor = null,
    int Limit = PageSize.Default
);
