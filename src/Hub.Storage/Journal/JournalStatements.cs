using Hub.Storage.Executions;
using Hub.Storage.Statements;

namespace Hub.Storage.Journal;

/// <summary>The statement of the journal, and the columns of the rows that it takes.</summary>
internal static class JournalStatements
{
    public static readonly ArrayColumns<JournalEntry> Entries = new ArrayColumns<JournalEntry>("t")
        .AddRead("id", static entry => entry.ExecutionId)
        .AddRead("claim", static entry => entry.Claim)
        .AddRead("status", static entry => entry.Status.ToText())
        .AddRead("wake_in", static entry => entry.WakeIn?.TotalSeconds)
        .AddRead("failed_tries", static entry => entry.FailedTries)
        .AddRead("error", static entry => entry.Error)
        .AddRead("parked_on", static entry => entry.ParkedOn)
        .AddRead("letter_id", static entry => entry.DeadLetter?.Id)
        .AddRead("letter_step", static entry => entry.DeadLetter?.StepId)
        .AddRead("error_history", static entry => entry.DeadLetter?.ErrorHistory)
        .AddRead("context", static entry => entry.DeadLetter?.Context)
        .AddRead("letter_at", static entry => entry.DeadLetter?.CreatedAt);

    public static readonly ArrayColumns<(JournalEntry Entry, StepRecord Step)> Steps = new ArrayColumns<(JournalEntry Entry, StepRecord Step)>("s")
        .AddKey("execution_id", static row => row.Entry.ExecutionId)
        .AddKey("step_id", static row => row.Step.StepId)
        .Add("status", static row => StepStatusText.Of(row.Step.Status))
        .Add("port", static row => row.Step.Port)
        .Add("attempts", static row => row.Step.Attempts)
        .AddJson("input", static row => row.Step.Input)
        .AddJson("output", static row => row.Step.Output)
        .AddJson("error", static row => row.Step.Error)
        .AddJson("errors", static row => row.Step.Errors)
        .AddJson("why", static row => row.Step.Why)
        .Add("started_at", static row => row.Step.StartedAt)
        .Add("finished_at", static row => row.Step.FinishedAt)
        .Add("iteration", static row => row.Entry.Iteration)
        .Add("awaits", static row => row.Step.Awaits is { } awaited ? AwaitedKindText.Of(awaited.Kind) : null)
        .Add("awaited_id", static row => row.Step.Awaits?.Id)
        .AddRead("wake_in", static row => row.Step.WakeIn?.TotalSeconds);

    public static readonly Statement Record = new("Journal/Sql/record.sql", Entries, Steps, new OneValue("node", "uuid"));
}
