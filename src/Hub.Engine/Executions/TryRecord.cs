using Hub.Connectors.Contract;
using Hub.Engine.Steps;
using Hub.Routing.Graph;
using Hub.Storage.Journal;

namespace Hub.Engine.Executions;

/// <summary>How the end of a try is written into the record of its step.</summary>
internal static class TryRecord
{
    /// <summary>One try more, which completed the step unless something else is said. One that had rested goes on with the same try.</summary>
    public static StepRecord Of(PlannedStep step, StepRecord? earlier, string? input, DateTimeOffset startedAt, DateTimeOffset finishedAt) =>
        new(step.Definition.Id, StepStatus.Completed)
        {
            Attempts = (earlier?.Attempts ?? 0) + (earlier is { Status: StepStatus.Waiting } ? 0 : 1),
            Errors = earlier?.Errors,
            Input = earlier is { Status: StepStatus.Waiting } ? earlier.Input : input,
            StartedAt = earlier?.StartedAt ?? startedAt,
            FinishedAt = finishedAt,
        };

    public static StepRecord Waiting(StepRecord record, WaitFor wait) =>
        record with
        {
            Status = StepStatus.Waiting,
            WakeIn = wait.Longest,
            Awaits = wait.Awaited,
            FinishedAt = null,
        };

    /// <summary>Nobody was called, so it was no try.</summary>
    public static StepRecord Parked(StepRecord record, ConnectorError why) =>
        record with
        {
            Status = StepStatus.Retrying,
            Attempts = record.Attempts - 1,
            Error = ErrorJson.Of(why),
            FinishedAt = null,
        };

    public static StepRecord Failed(StepRecord record, ConnectorError error, DateTimeOffset at) =>
        record with
        {
            Error = ErrorJson.Of(error),
            Errors = ErrorJson.Append(record.Errors, record.Attempts, at, error),
        };

    /// <summary>A failed one that is followed by another.</summary>
    public static StepRecord Retrying(StepRecord record, TimeSpan wait) => record with { Status = StepStatus.Retrying, FinishedAt = null, WakeIn = wait };
}
