using Hub.Connectors.Contract;
using Hub.Engine.Parking;
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
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly GraphWalk _walk;
    private readonly RunOutputs _outputs;
    private readonly RestingSteps _resting;
    private readonly Dictionary<int, StepRecord> _tried = [];
    private readonly List<StepRecord> _unrecorded = [];
    private readonly ExecutionEnding _ending;
    private string? _response;
    private int _failedTries;

    public ExecutionProgress(LeasedExecution leased, WorkflowPlan plan, RetryBackoff backoff, EngineOptions options, TimeProvider time)
    {
        var execution = leased.Execution;
        (_execution, _plan, _backoff, _options, _time) = (execution, plan, backoff, options, time);
        _walk = new GraphWalk(plan);
        _outputs = new RunOutputs(Math.Max(options.MaxRunOutput, options.MaxStepOutput));
        _resting = new RestingSteps(time);
        _failedTries = execution.FailedTries;
        Context = new RunContext(execution, plan.Definition, leased.Body);
        foreach (var step in execution.Steps)
        {
            Restore(step);
        }

        _ending = ExecutionEnding.Of(execution.Steps, plan, _walk);
    }

    public RunContext Context { get; }

    /// <summary>No further step is begun: it failed, or a step stopped it.</summary>
    public bool IsEnding => _ending.HasBegun;

    /// <summary>Whether so much waits to be recorded that it is recorded before more is added.</summary>
    public bool HoldsMuch => _outputs.AreMuch;

    /// <summary>What others know of, a call or a response, must be recorded before anyone else is called.</summary>
    public bool MustRecord { get; private set; }

    /// <summary>What steps are parked on that rest now; their rows are to be told of once they are recorded.</summary>
    public IReadOnlyList<IParkingReason> ParkedOn => _resting.ParkedOn;

    /// <summary>Whether the step was neither tried nor parked before.</summary>
    public bool IsNew(PlannedStep step) => !_tried.ContainsKey(step.Index);

    /// <summary>What steps await that rest now, by id. What came meanwhile is to be asked for once they are recorded.</summary>
    public IReadOnlyList<Guid> Awaited => _resting.Awaited;

    /// <summary>The steps that may run now: those first that have rested, the others in document order.</summary>
    public List<PlannedStep> TakeReady()
    {
        var ready = new List<PlannedStep>();
        var rested = 0;
        foreach (var index in IsEnding ? [] : _walk.TakeReady())
        {
            if (!_resting.Contains(index))
            {
                ready.Add(_plan.Steps[index]);
            }
            else if (_resting.TakeDue(index) is { } due)
            {
                ready.Insert(due.Status == StepStatus.Waiting ? rested++ : ready.Count, _plan.Steps[index]);
            }
        }

        RecordSkipped();
        return ready;
    }

    /// <summary>How the rest of a step ended that is to go on now, once; null when it is to begin.</summary>
    public WaitEnd? TakeWaitEnd(PlannedStep step) => _resting.TakeEnd(step.Index);

    /// <summary>Takes in how a try ended.</summary>
    public void Apply(PlannedStep step, StepOutcome outcome, DateTimeOffset startedAt, bool isCall)
    {
        outcome = _outputs.Take(outcome, Context.OutputBytes);
        var record = TryRecord.Of(step, _tried.GetValueOrDefault(step.Index), outcome.Input, startedAt, _time.GetUtcNow());
        MustRecord |= (isCall && outcome is not Parked) || step.Definition.Type == FlowSteps.Respond;
        switch (outcome)
        {
            case Succeeded done:
                Complete(step.Index, record with { Output = done.Output, Port = done.Port, Why = done.Why });
                break;
            case Stopped stopped:
                Complete(step.Index, record with { Output = outcome.Input, Error = stopped.Error is { } why ? ErrorJson.Of(why) : null });
                _ending.Begin(step.Definition.Id, stopped.Error);
                break;
            case Suspended suspended:
                Rest(step.Index, TryRecord.Waiting(record, suspended.For), suspended.For.Longest);
                break;
            case Parked parked:
                Rest(step.Index, TryRecord.Parked(record, parked.Why), parked.Rest, parked.On);
                break;
            case Failed failed:
                Fail(step, StepPlace.InDocument(step, failed.Error), record);
                break;
        }
    }

    /// <summary>What has happened since the last entry, while the execution goes on.</summary>
    public JournalEntry TakeEntry() => TakeEntry(ExecutionStatus.Running, null, null, null);

    /// <summary>The entry with which this run ends: rests, completed, or failed with its dead letter.</summary>
    public JournalEntry TakeFinalEntry()
    {
        if (_ending.Error is { } fatal)
        {
            var error = ErrorJson.Of(fatal, _ending.StepId);
            Context.SetError(error);
            var letter = _ending.LetterOf(_tried, Context.WriteWithin(_options.MaxDeadLetterContext), _time.GetUtcNow());
            return TakeEntry(ExecutionStatus.Failed, null, error, letter);
        }

        if (!_resting.Any || IsEnding)
        {
            return TakeEntry(ExecutionStatus.Completed, null, null, null);
        }

        var status = _resting.AnyRetrying ? ExecutionStatus.Retrying : ExecutionStatus.Waiting;
        return TakeEntry(status, _resting.NextDueIn, null, null) with { ParkedOn = _resting.ParkedKey };
    }

    /// <summary>The output of the first <c>respond</c> step that ran, once: to be told when what was taken last is recorded.</summary>
    public string? TakeResponse()
    {
        var response = _response;
        _response = null;
        return response;
    }

    public void Dispose() => Context.Dispose();

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
                _resting.Add(index, step);
                break;
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

    /// <param name="parkedOn">What it waits for rather than for a time: its record then names none, and is due whenever the execution is claimed.</param>
    private void Rest(int index, StepRecord record, TimeSpan dueIn, IParkingReason? parkedOn = null)
    {
        _tried[index] = record;
        _resting.Add(index, new RecordedStep(record, Due: false, dueIn), parkedOn);
        _unrecorded.Add(record);
    }

    private void Fail(PlannedStep step, ConnectorError error, StepRecord record)
    {
        _failedTries++;
        record = TryRecord.Failed(record, error, _time.GetUtcNow());
        var isGivenUp = _failedTries >= _plan.Definition.ErrorPolicy.DeadLetterAfter;
        if (error.Retryable && record.Attempts < step.Retry.Attempts && !isGivenUp)
        {
            var wait = _backoff.WaitBefore(step.Retry, record.Attempts, error.RetryAfter);
            Rest(step.Index, TryRecord.Retrying(record, wait), wait);
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
            _ending.Begin(step.Definition.Id, error);
        }
    }

    private void RecordSkipped()
    {
        foreach (var index in _walk.TakeSkipped())
        {
            if (!_tried.ContainsKey(index))
            {
                _unrecorded.Add(new StepRecord(_plan.Steps[index].Definition.Id, StepStatus.Skipped));
            }
        }
    }

    private JournalEntry TakeEntry(ExecutionStatus status, TimeSpan? wakeIn, string? error, NewDeadLetter? letter)
    {
        var steps = _unrecorded.ToArray();
        _unrecorded.Clear();
        _outputs.Clear();
        MustRecord = false;
        return new JournalEntry(_execution.Id, _execution.Claim, status, wakeIn, _failedTries, error, steps, letter) { Iteration = _execution.Iteration };
    }
}
