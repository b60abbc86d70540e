namespace Hub.Operations.Workflows;

/// <summary>Which workflows a list is asked for; what is null lets all through.</summary>
/// <param name="Status">draft, active or inactive.</param>
/// <param name="Source">The name of the Source that starts them.</param>
public sealed record WorkflowQuery(string? Name = null, string? Status = null, string? Source = null, int Limit = PageSize.Default, int Offset = 0);
