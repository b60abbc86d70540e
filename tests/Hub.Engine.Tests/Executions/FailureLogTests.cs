using System.Globalization;
using Hub.Engine.Executions;
using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Tests.Executions;

public sealed class FailureLogTests(HubFixture fixture) : EngineTest(fixture)
{
    [Fact]
    public async Task Execution_ThatFails_IsToldWithItsIds()
    {
        StandIn.On("/failing", new StandInAnswer(400));
        var execution = await Hub.RunAsync($"[{Call("call", "/failing")}]");
        var letter = (await Hub.AskAsync("SELECT id FROM hub.dead_letters WHERE execution_id = $1", execution.GetProperty("id").GetGuid()))!;
        var line =
            $"Warning: Execution {execution.GetProperty("id").GetGuid()} of workflow '{execution.GetProperty("workflowName").GetString()}' "
            + $"({execution.GetProperty("workflowId").GetGuid()}) failed at step call: http_status. Dead letter {letter}";
        await SeenAsync(line);
    }

    [Fact]
    public void Failures_OfOneKind_AreToldOnceAndCounted()
    {
        using var lines = new LogLines();
        using var log = new FailureLog(TimeProvider.System, new LoggerFactory([lines]).CreateLogger<FailureLog>());
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var i = 0; i < 1000; i++)
        {
            log.Tell(one, "One", Failure("call", "timeout"));
        }

        log.Tell(one, "One", Failure("call", "http_status"));
        log.Tell(other, "Other", Failure("call", "timeout"));
        Assert.Equal(3, Count(lines, " failed at step call"));
        log.Flush();
        Assert.Contains($"999 more executions of workflow 'One' ({one}) failed at step call within a minute: timeout", lines.Text, StringComparison.Ordinal);
        Assert.Equal(4, Count(lines, " failed at step call"));
        log.Flush();
        log.Tell(one, "One", Failure("call", "timeout"));
        Assert.Equal(5, Count(lines, " failed at step call"));
    }

    [Fact]
    public void Failures_OfEndlessKinds_AreToldInBounds()
    {
        using var lines = new LogLines();
        using var log = new FailureLog(TimeProvider.System, new LoggerFactory([lines]).CreateLogger<FailureLog>());
        for (var i = 0; i < 1000; i++)
        {
            log.Tell(Guid.CreateVersion7(), "W", Failure("s", i.ToString(CultureInfo.InvariantCulture)));
        }

        log.Flush();
        Assert.Equal(200, Count(lines, "failed at step s"));
        Assert.Contains("800 more executions failed within a minute in other ways", lines.Text, StringComparison.Ordinal);
    }

    private static JournalEntry Failure(string step, string code) =>
        new(
            Guid.CreateVersion7(),
            1,
            ExecutionStatus.Failed,
            null,
            1,
            $$"""{"code":"{{code}}"}""",
            [],
            new NewDeadLetter(Guid.CreateVersion7(), step, "[]", "{}", TimeProvider.System.GetUtcNow())
        );

    private static int Count(LogLines lines, string text) => lines.Text.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>The line comes right after the end was recorded.</summary>
    private async Task SeenAsync(string line)
    {
        for (var i = 0; i < 100 && !Hub.Log.Text.Contains(line, StringComparison.Ordinal); i++)
        {
            await Task.Delay(20, Cancel);
        }

        Assert.Contains(line, Hub.Log.Text, StringComparison.Ordinal);
    }
}
