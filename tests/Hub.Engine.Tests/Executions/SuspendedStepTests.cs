using Hub.Engine.Executions;
using Hub.Engine.Resilience;
using Hub.Engine.Steps;
using Hub.Engine.Tests.WorkflowTemplates;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;
using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Engine.Tests.Executions;

/// <summary>Steps that rest for each thing that there is to rest for.</summary>
public sealed class SuspendedStepTests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    private static readonly TimeSpan Long = TimeSpan.FromHours(3);

    private static readonly WorkflowPlan Plan = WorkflowPlan.Compile(
        WorkflowReader
            .Read(
                """
                {
                  "schema": "flowpilot/v1", "name": "Waits", "trigger": { "type": "manual" },
                  "steps": [
                    { "id": "wait", "type": "delay", "with": { "for": "3h" } },
                    { "id": "then", "type": "set", "after": ["wait"] }
                  ]
                }
                """u8.ToArray(),
                TemplateCatalog.Steps
            )
            .Definition!
    );

    [Theory]
    [InlineData("time")]
    [InlineData("signal")]
    [InlineData("child")]
    public void Apply_Suspended_RestsWaitingForThat(string kind)
    {
        (WaitFor Wait, Awaited? Awaited) of = kind switch
        {
            "signal" => (new WaitFor.Signal(Id, Long), new Awaited(AwaitedKind.Signal, Id)),
            "child" => (new WaitFor.Child(Id, Long), new Awaited(AwaitedKind.Child, Id)),
            _ => (new WaitFor.Time(Long), null),
        };
        using var progress = New();
        var step = Assert.Single(progress.TakeReady());
        Assert.Null(progress.TakeWaitEnd(step));
        progress.Apply(step, new Suspended(of.Wait) { Input = "{}" }, DateTimeOffset.UnixEpoch, isCall: false);
        Assert.Empty(progress.TakeReady());
        var entry = progress.TakeFinalEntry();
        var record = Assert.Single(entry.Steps);
        Assert.Equal((ExecutionStatus.Waiting, StepStatus.Waiting, Long, of.Awaited), (entry.Status, record.Status, record.WakeIn, record.Awaits));
        Assert.Equal(of.Awaited is { } one ? [one.Id] : [], progress.Awaited);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TakeReady_AfterItsRest_GoesOnOnceAndIsTheSameTry(bool hasCome)
    {
        using var progress = New(Resting(isDue: true, hasCome));
        var step = Assert.Single(progress.TakeReady());
        Assert.Equal(hasCome ? WaitEnd.HasCome : WaitEnd.TimeIsOver, progress.TakeWaitEnd(step));
        Assert.Null(progress.TakeWaitEnd(step));
        progress.Apply(step, new Succeeded("""{"by":"ann"}"""), DateTimeOffset.UnixEpoch, isCall: false);
        Assert.Equal("then", Assert.Single(progress.TakeReady()).Definition.Id);
        var record = Assert.Single(progress.TakeEntry().Steps);
        Assert.Equal((StepStatus.Completed, 1, """{"for":"3h"}""", null), (record.Status, record.Attempts, record.Input, record.Awaits));
        Assert.Empty(progress.Awaited);
    }

    [Fact]
    public void TakeReady_BeforeWhatItAwaitsHasCome_RestsOn()
    {
        using var progress = New(Resting(isDue: false, hasCome: false));
        Assert.Empty(progress.TakeReady());
        Assert.Equal([Id], progress.Awaited);
        Assert.Equal(ExecutionStatus.Waiting, progress.TakeFinalEntry().Status);
    }

    [Fact]
    public void Apply_SuspendedAgain_RestsOnAsTheSameTry()
    {
        using var progress = New(Resting(isDue: true, hasCome: false));
        var step = Assert.Single(progress.TakeReady());
        progress.TakeWaitEnd(step);
        progress.Apply(step, new Suspended(new WaitFor.Child(Id, Long)), DateTimeOffset.UnixEpoch, isCall: false);
        var record = Assert.Single(progress.TakeFinalEntry().Steps);
        Assert.Equal((StepStatus.Waiting, 1, """{"for":"3h"}"""), (record.Status, record.Attempts, record.Input));
    }

    private static RecordedStep Resting(bool isDue, bool hasCome)
    {
        var record = new StepRecord("wait", StepStatus.Waiting)
        {
            Attempts = 1,
            Input = """{"for":"3h"}""",
            Awaits = new Awaited(AwaitedKind.Signal, Id),
        };
        return new RecordedStep(record, isDue, isDue ? TimeSpan.Zero : Long) { HasCome = hasCome };
    }

    private static ExecutionProgress New(params IReadOnlyList<RecordedStep> steps)
    {
        var options = new EngineOptions();
        var backoff = new RetryBackoff(() => 0.5, new ScatteredWait(() => 0.5, options.MaxRetryAfter));
        var execution = new ClaimedExecution(Guid.Empty, Guid.Empty, 1, "manual", null, null, "{}", 1, 0, DateTimeOffset.UnixEpoch, steps);
        return new ExecutionProgress(new LeasedExecution(execution, 0, 0), Plan, backoff, options, TimeProvider.System);
    }
}
