using Hub.Connectors.Contract;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>
/// Whether no further step of an execution is begun, and what made it end. That is decided once: what was under way by then changes nothing any more.
/// </summary>
internal sealed class ExecutionEnding
{
    public bool HasBegun { get; private set; }

    /// <summary>The step that ended it.</summary>
    public string? StepId { get; private set; }

    /// <summary>Null when it ends well.</summary>
    public ConnectorError? Error { get; private set; }

    /// <summary>A run that had begun to end ends the same way now. A stop is never begun after a failure, so it came first where both are recorded.</summary>
    public static ExecutionEnding Of(IReadOnlyList<RecordedStep> steps, WorkflowPlan plan, GraphWalk walk)
    {
        var ending = new ExecutionEnding();
        var ends = steps.Select(step => step.Record).Where(record => IsAnEnd(record, plan, walk));
        if (ends.OrderBy(record => record.Status).ThenBy(record => record.FinishedAt).FirstOrDefault() is { } first)
        {
            ending.Begin(first.StepId, first.Error is null ? null : ErrorJson.Read(first.Error));
        }

        return ending;
    }

    public void Begin(string stepId, ConnectorError? error)
    {
        if (!HasBegun)
        {
            (HasBegun, StepId, Error) = (true, stepId, error);
        }
    }

    /// <summary>What is kept of an execution that ended with an error.</summary>
    /// <param name="tried">Its steps that were tried, by their place in the document.</param>
    /// <param name="context">The run context at the end.</param>
    public NewDeadLetter LetterOf(Dictionary<int, StepRecord> tried, string context, DateTimeOffset at) =>
        new(Guid.CreateVersion7(at), StepId, ErrorJson.History(tried.OrderBy(pair => pair.Key).Select(pair => pair.Value)), context, at);

    private static bool IsAnEnd(StepRecord record, WorkflowPlan plan, GraphWalk walk) =>
        plan.IndexOf(record.StepId) is >= 0 and var index
        && record.Status switch
        {
            StepStatus.Failed => !walk.IsErrorHandled(index),
            StepStatus.Completed => plan.Steps[index].Definition.Type == FlowSteps.Stop,
            _ => false,
        };
}
