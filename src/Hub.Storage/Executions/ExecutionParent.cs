namespace Hub.Storage.Executions;

/// <summary>The step of another execution that runs this one.</summary>
/// <param name="Index">Which of its items this is; 0 where it runs one only.</param>
public sealed record ExecutionParent(Guid Id, string Step, int Index);
