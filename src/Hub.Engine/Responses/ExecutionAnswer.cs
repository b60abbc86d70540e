using Hub.Storage.Executions;

namespace Hub.Engine.Responses;

/// <summary>What became of an execution somebody waits for: its response, or else how it ended without one.</summary>
/// <param name="Response">Of the <c>respond</c> step that ran first; null when none ran before the end.</param>
/// <param name="Status">Running when it responded, else completed, failed or cancelled.</param>
public sealed record ExecutionAnswer(WorkflowResponse? Response, ExecutionStatus Status)
{
    /// <summary>Whether it ended otherwise than well before it could respond.</summary>
    public bool Error => Status is ExecutionStatus.Failed or ExecutionStatus.Cancelled;
}
