using Hub.Engine.Bodies;
using Hub.Engine.Executions;
using Hub.Engine.Tests.WorkflowTemplates;
using Hub.Routing.Workflows;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Engine.Tests.Executions;

public sealed class RunContextTests
{
    private const int Steps = 8;
    private const int Output = 900_000;

    private static readonly WorkflowDefinition Workflow = WorkflowReader
        .Read(
            """{ "schema": "flowpilot/v1", "name": "Large", "trigger": { "type": "manual" }, "steps": [ { "id": "a", "type": "set" } ] }"""u8.ToArray(),
            TemplateCatalog.Steps
        )
        .Definition!;

    [Fact]
    public void Root_AfterEachOfManyLargeSteps_IsMadeInMemoryThatIsUsedAgain()
    {
        var records = Enumerable.Range(0, Steps).Select(Completed).ToList();
        Walk(records);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Walk(records);

        // The documents have 29 MB together, and what they grow out of once more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Root_OfLargeSteps_HoldsThemWhole()
    {
        using var context = New();
        context.Set(0, Completed(0));
        Assert.Equal(Output, context.Root.GetProperty("steps").GetProperty("s0").GetProperty("output").GetProperty("v").GetString()!.Length);
        context.Set(1, Completed(1));
        Assert.Equal(Output, context.Root.GetProperty("steps").GetProperty("s0").GetProperty("output").GetProperty("v").GetString()!.Length);
        Assert.Equal(Output, context.Root.GetProperty("steps").GetProperty("s1").GetProperty("output").GetProperty("v").GetString()!.Length);
    }

    [Fact]
    public void Body_UnpackedAlready_IsTakenAndNotUnpackedAgain()
    {
        var delivery = new Delivery
        {
            Method = "POST",
            Query = "",
            Headers = """{"content-encoding":"gzip"}""",
            Body = [1, 2, 3],
        };
        var execution = new ClaimedExecution(Guid.Empty, Guid.Empty, 1, "webhook", Guid.Empty, delivery, null, 1, 0, DateTimeOffset.UnixEpoch, []);
        var body = new UnpackedBody("""{"id":"evt-1"}"""u8.ToArray());
        using var context = new RunContext(execution, Workflow, body);
        Assert.Equal("evt-1", context.Root.GetProperty("trigger").GetProperty("body").GetProperty("id").GetString());
        Assert.Null(body.Take());
    }

    [Fact]
    public void Item_OfAnExecutionThatRunsForOne_IsReadWithItsIndex()
    {
        var execution = new ClaimedExecution(Guid.Empty, Guid.Empty, 1, ExecutionTriggers.Item, null, null, "{}", 1, 0, DateTimeOffset.UnixEpoch, [])
        {
            Parent = new ExecutionParent(Guid.Empty, "lines", 4),
            Item = """{"sku":"A-1"}""",
        };
        using var context = new RunContext(execution, Workflow);
        Assert.Equal("A-1", context.Root.GetProperty("item").GetProperty("sku").GetString());
        Assert.Equal(4, context.Root.GetProperty("index").GetInt32());
        using var other = New();
        Assert.False(other.Root.TryGetProperty("item", out _));
    }

    private static void Walk(List<StepRecord> records)
    {
        using var context = New();
        for (var step = 0; step < records.Count; step++)
        {
            context.Set(step, records[step]);
            Assert.Equal(step + 1, context.Root.GetProperty("steps").GetPropertyCount());
        }
    }

    private static RunContext New() =>
        new(new ClaimedExecution(Guid.Empty, Guid.Empty, 1, "manual", null, null, "{}", 1, 0, DateTimeOffset.UnixEpoch, []), Workflow);

    private static StepRecord Completed(int step) => new($"s{step}", StepStatus.Completed) { Output = $$"""{"v":"{{new string('x', Output)}}"}""" };
}
