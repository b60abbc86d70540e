using Hub.Operations.DeadLetters;
using Microsoft.AspNetCore.Mvc;

namespace Hub.Api.DeadLetters;

/// <summary>What the list of dead letters may be asked for in the address.</summary>
internal readonly record struct DeadLetterParameters(
    [property: FromQuery(Name = "workflowId")] Guid? WorkflowId,
    [property: FromQuery(Name = "workflow")] string? Workflow,
    [property: FromQuery(Name = "executionId")] Guid? ExecutionId,
    [property: FromQuery(Name = "status")] string? Status,
    [property: FromQuery(Name = "stepId")] string? StepId,
    [property: FromQuery(Name = "code")] string? Code,
    [property: FromQuery(Name = "from")] DateTimeOffset? From,
    [property: FromQuery(Name = "to")] DateTimeOffset? To,
    [property: FromQuery(Name = "cursor")] Guid? Cursor
)
{
    public DeadLetterQuery Query => new(WorkflowId, Workflow, ExecutionId, Status, StepId, Code, From, To, Cursor);
}
