using Hub.Connectors.Contract;
using Hub.Engine.Resilience;
using Hub.Engine.Steps;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;
using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>
/// How far one execution has come: the graph walk, the run context, what is not yet recorded, and where it will rest.
/// Used by one runner at a time.
/// </summary>
internal sealed class ExecutionProgress : IDisposable
{
    private readonly ClaimedExecution _execution;
    private readonly WorkflowPlan _plan;
    private readonly RetryBackoff _backoff;
    private readonly int _maxContext;
    private readonly TimeProvider _time;
    private readonly GraphWalk _walk;
    private readonly Dictionary<int, RestingStep> _resting = [];
    private readonly Dictionary<int, StepRecord> _tried = [];
    private readonly List<StepRecord> _unrecorded = [];
    private string? _response;
    private int _failedTries;
    private (ConnectorError Error, string? StepId)? _fatal;

    public ExecutionProgress(ClaimedExecution execution, WorkflowPlan plan, RetryBackoff backoff, int maxContext, TimeProvider time)
    {
        (_execution, _plan, _backoff, _maxContext, _time) = (execution, plan, backoff, maxContext, time);
        _walk = new GraphWalk(plan);
        _failedTries = execution.FailedTries;
        Context = new RunContext(execution, plan.Definition);
        foreach (var step in execution.Steps)
        {
            Restore(step);
        }

        RestoreEnding(execution.Steps);
    }

    public RunContext Context { get; }

    /// <summary>No further step is begun: it failed, or a step stopped it.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>What others know of, a call or a response, must be recorded before anyone else is called.</summary>
    public bool MustRecord { get; private set; }

    /// <summary>The steps that may run now, in document order; a delay that is over completes on the way.</summary>
    public List<PlannedStep> TakeReady()
    {
        var ready = new List<PlannedStep>();
        for (var any = true; any && !IsEnding;)
        {
            any = false;
            foreach (var index in _walk.TakeReady())
            {
                if (!_resting.TryGetValue(index, out var resting))
                {
                    ready.Add(_plan.Steps[index]);
                }
                else if (resting.Step.Due && resting.Step.Record.Status == StepStatus.Waiting)
                {
                    _resting.Remove(index);
                    Complete(index, resting.Step.Record with { Status = StepStatus.Completed, WakeIn = null, FinishedAt = _time.GetUtcNow() });
                    any = true;
                }
                else if (resting.Step.Due)
                {
                    _resting.Remove(index);
                    ready.Add(_plan.Steps[index]);
                }
            }
        }

        RecordSkipped();
        return ready;
    }

    /// <summary>Takes in how a try ended.</summary>
    public void Apply(PlannedStep step, StepOutcome outcome, DateTimeOffset startedAt, bool isCall)
    {
        var now = _time.GetUtcNow();
        var earlier = _tried.GetValueOrDefault(step.Index);
        var record = new StepRecord(step.Definition.Id, StepStatus.Completed)
        {
            Attempts = (earlier?.Attempts ?? 0) + 1,
            Errors = earlier?.Errors,
            Input = outcome.Input,
            StartedAt = earlier?.StartedAt ?? startedAt,
            FinishedAt = now,
        };
        MustRecord |= isCall || step.Definition.Type == FlowSteps.Respond;
        switch (outcome)
        {
            case Succeeded done:
                Complete(step.Index, record with { Output = done.Output, Port = done.Port, Why = done.Why });
                break;
            case Stopped stopped:
                Complete(step.Index, record with { Output = outcome.Input, Error = stopped.Error is { } why ? ErrorJson.Of(why) : null });
                End(step.Definition.Id, stopped.Error);
                break;
            case Wait wait:
                Rest(step.Index, record with { Status = StepStatus.Waiting, WakeIn = wait.For, FinishedAt = null });
                break;
            case Failed { Error.Code: DestinationBreakers.OpenCode } parked:
                Rest(step.Index, record with { Status = StepStatus.Retrying, Attempts = record.Attempts - 1, Error = ErrorJson.Of(parked.Error), WakeIn = parked.Error.RetryAfter, FinishedAt = null });
                break;
            case Failed failed:
                Fail(step, failed.Error, record);
                break;
        }
    }

    /// <summary>What has happened since the last entry, while the execution goes on.</summary>
    public JournalEntry TakeEntry() => TakeEntry(ExecutionStatus.Running, null, null, null);

    /// <summary>The entry with which this run ends: rests, completed, or failed with its dead letter.</summary>
    public JournalEntry TakeFinalEntry()
    {
        if (_fatal is { } fatal)
        {
            var error = ErrorJson.Of(fatal.Error, fatal.StepId);
            Context.SetError(error);
            return TakeEntry(ExecutionStatus.Failed, null, error, new NewDeadLetter(
                Guid.CreateVersion7(_time.GetUtcNow()),
                fatal.StepId,
                ErrorJson.History(_tried.OrderBy(pair => pair.Key).Select(pair => pair.Value)),
                Context.WriteWithin(_maxContext),
                _time.GetUtcNow()));
        }

        if (_resting.Count == 0 || IsEnding)
        {
            return TakeEntry(ExecutionStatus.Completed, null, null, null);
        }

        var status = _resting.Values.Any(resting => resting.Step.Record.Status == StepStatus.Retrying) ? ExecutionStatus.Retrying : ExecutionStatus.Waiting;
        return TakeEntry(status, NextDueIn(), null, null);
    }

    /// <summary>The output of the first <c>respond</c> step that ran, once: to be told when what was taken last is recorded.</summary>
    public string? TakeResponse()
    {
        var response = _response;
        _response = null;
        return response;
    }

    public void Dispose() => Context.Dispose();

    /// <summary>Time until the first resting step is due: what other steps took meanwhile has already passed.</summary>
    private TimeSpan NextDueIn()
    {
        var next = _resting.Values.Min(resting => resting.Step.DueIn - _time.GetElapsedTime(resting.Since));
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    private void Restore(RecordedStep step)
    {
        var index = _plan.IndexOf(step.Record.StepId);
        if (index < 0)
        {
            return;
        }

        _tried[index] = step.Record;
        switch (step.Record.Status)
        {
            case StepStatus.Completed:
                _walk.Complete(index, step.Record.Port);
                Context.Set(index, step.Record);
                NoteResponse(index, step.Record);
                break;
            case StepStatus.Failed:
                _walk.Fail(index);
                Context.Set(index, step.Record);
                break;
            case StepStatus.Waiting or StepStatus.Retrying:
                _resting[index] = new RestingStep(step, _time.GetTimestamp());
                break;
        }
    }

    /// <summary>A run that had begun to end ends the same way now. A stop is never begun after a failure, so it came first where both are recorded.</summary>
    private void RestoreEnding(IReadOnlyList<RecordedStep> steps)
    {
        var endings = steps.Select(step => step.Record).Where(IsAnEnd).OrderBy(record => record.Status).ThenBy(record => record.FinishedAt);
        if (endings.FirstOrDefault() is { } first)
        {
            End(first.StepId, first.Error is null ? null : ErrorJson.Read(first.Error));
        }
    }

    private bool IsAnEnd(StepRecord record) =>
        _plan.IndexOf(record.StepId) is >= 0 and var index
        && (record.Status == StepStatus.Failed ? !_walk.IsErrorHandled(index) : record.Status == StepStatus.Completed && _plan.Steps[index].Definition.Type == FlowSteps.Stop);

    /// <summary>No further step is begun. How it ends is decided once: what was under way by then changes nothing any more.</summary>
    private void End(string stepId, ConnectorError? error)
    {
        if (!IsEnding)
        {
            IsEnding = true;
            _fatal = error is null ? null : (error, stepId);
        }
    }

    private void Complete(int index, StepRecord record)
    {
        _walk.Complete(index, record.Port);
        Context.Set(index, record);
        NoteResponse(index, record);
        _unrecorded.Add(record);
    }

    private void NoteResponse(int index, StepRecord record)
    {
        if (_plan.Steps[index].Definition.Type == FlowSteps.Respond)
        {
            _response ??= record.Output;
        }
    }

    private void Rest(int index, StepRecord record)
    {
        _tried[index] = record;
        _resting[index] = new RestingStep(new RecordedStep(record, Due: false, record.WakeIn ?? TimeSpan.Zero), _time.GetTimestamp());
        _unrecorded.Add(record);
    }

    private void Fail(PlannedStep step, ConnectorError error, StepRecord record)
    {
        _failedTries++;
        record = record with
        {
            Error = ErrorJson.Of(error),
            Errors = ErrorJson.Append(record.Errors, record.Attempts, _time.GetUtcNow(), error),
        };
        var givenUp = _failedTries >= _plan.Definition.ErrorPolicy.DeadLetterAfter;
        if (error.Retryable && record.Attempts < step.Retry.Attempts && !givenUp)
        {
            Rest(step.Index, record with
            {
                Status = StepStatus.Retrying,
                FinishedAt = null,
                WakeIn = _backoff.WaitBefore(step.Retry, record.Attempts, error.RetryAfter),
            });
            return;
        }

        var isHandled = _walk.IsErrorHandled(step.Index);
        record = record with { Status = StepStatus.Failed, Port = isHandled ? StepReference.ErrorPort : null };
        _walk.Fail(step.Index);
        Context.Set(step.Index, record);
        _tried[step.Index] = record;
        _unrecorded.Add(record);
        if (!isHandled)
        {
            End(step.Definition.Id, error);
        }
    }

    private void RecordSkipped()
    {
        foreach (var index in _walk.TakeSkipped())
        {
            var id = _plan.Steps[index].Definition.Id;
            if (!_tried.ContainsKey(index))
            {
                _unrecorded.Add(new StepRecord(id, StepStatus.Skipped));
            }
        }
    }

    private JournalEntry TakeEntry(ExecutionStatus status, TimeSpan? wakeIn, string? error, NewDeadLetter? letter)
    {
        var steps = _unrecorded.ToArray();
        _unrecorded.Clear();
        MustRecord = false;
        return new JournalEntry(_execution.Id, _execution.Claim, status, wakeIn, _failedTries, error, steps, letter);
    }

    /// <param name="Since">When its time until due was measured.</param>
    private readonly record struct RestingStep(RecordedStep Step, long Since);
}
