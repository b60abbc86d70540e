namespace Hub.Operations.Executions;

/// <summary>Which executions a list is asked for; what is null lets all through.</summary>
/// <param name="Workflow">Its id or name; not together with <paramref name="WorkflowId"/>.</param>
/// <param name="Source">The id or name of the Source of the delivery that it runs for.</param>
/// <param name="Code">The code of the error that it failed with.</param>
/// <param name="Cursor">The last one of the page before.</param>
public sealed record ExecutionQuery(
    Guid? WorkflowId = null,
    string? Workflow = null,
    string? Source = null,
    string? Status = null,
    string? Code = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    Guid? Cursor = null,
    int Limit = PageSize.Default
);
