using Hub.Engine.Executions;

namespace Hub.Engine.Tests.Executions;

/// <summary>A node that no longer reaches PostgreSQL calls nobody once its lease has run out: others may be at its work.</summary>
public sealed class CutOffTests : IAsyncLifetime
{
    private readonly TaskCompletionSource<StandInAnswer> _first = new();
    private PostgresLine _line = null!;
    private TestHub _hub = null!;
    private StandIn _standIn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _standIn = await StandIn.StartAsync();
        _standIn.On("/first", (_, before) => before == 0 ? _first.Task : Task.FromResult(StandInAnswer.Ok));
        _line = new PostgresLine(await PostgresServer.CreateDatabaseAsync(Cancel));
        _hub = await TestHub.StartAsync(
            ("ConnectionStrings:Hub", _line.ConnectionString),
            ("Hub:Engine:Lease", "00:00:02"),
            ("Hub:Engine:Concurrency", "1"),
            ("Hub:Engine:StepTimeout", "00:01:00"),
            ("Hub:Calls:PerDestination", "1"),
            ("Hub:Calls:Wait", "00:01:00")
        );
    }

    public async ValueTask DisposeAsync()
    {
        _line.Restore();
        await _hub.DisposeAsync();
        await _line.DisposeAsync();
        await _standIn.DisposeAsync();
    }

    [Fact]
    public async Task Waiting_LeaseRunOut_IsNotCalledBeforeItWasClaimedAnew()
    {
        // Run once, so that it needs nothing from the database to begin again.
        var workflow = await _hub.AddWorkflowAsync($"[{Call("call", "/queued")}]");
        await _hub.EndOfAsync(await _hub.ExecuteAsync(workflow));
        var first = await _hub.ExecuteAsync(await _hub.AddWorkflowAsync($"[{Call("call", "/first")}]"));
        await _standIn.WaitForAsync("/first", 1, Cancel);
        var queued = await _hub.ExecuteAsync(workflow);
        await UntilAsync(() => _hub.Get<LocalQueue>().Count == 2 && _hub.Get<LocalQueue>().Reader.Count == 0);
        await CutOffAsync();

        // The destination becomes free without a word to the database, and it is the turn of the one that waits.
        _hub.Get<RunningExecutions>().Cancel(first, below: int.MaxValue);
        await UntilAsync(() => _hub.Get<LocalQueue>().Count == 0);
        Assert.Single(_standIn.To("/queued"));
        _line.Restore();
        Assert.Equal("completed", (await _hub.EndOfAsync(queued)).Status());
        Assert.Equal(2, _standIn.To("/queued").Count);
        Assert.Equal("completed", (await _hub.EndOfAsync(first)).Status());
    }

    [Fact]
    public async Task Running_LeaseRunOutDuringACall_RecordsItAndCallsTheNextOnlyOnce()
    {
        var id = await _hub.ExecuteAsync(await _hub.AddWorkflowAsync($"[{Call("first", "/first")},{Call("next", "/next", ", \"after\":[\"first\"]")}]"));
        await _standIn.WaitForAsync("/first", 1, Cancel);
        await CutOffAsync();
        _first.SetResult(StandInAnswer.Ok);
        _line.Restore();
        var execution = await _hub.EndOfAsync(id);
        Assert.Equal("first:completed next:completed", execution.StepStates());
        Assert.Equal((1, 1), (_standIn.To("/first").Count, _standIn.To("/next").Count));
    }

    /// <summary>Returns when the node has seen its lease run out.</summary>
    private async Task CutOffAsync()
    {
        _line.GoDead();
        await UntilAsync(() => _hub.Get<NodeLease>().Period == 0);
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!happened())
        {
            // What is waited for lies in counters that signal nothing.
            await Task.Delay(10, patience.Token);
        }
    }

    private string Call(string id, string path, string more = "") =>
        $$"""{"id":"{{id}}","type":"http.request","with":{"url":"{{_standIn.At(path)}}","method":"POST"} {{more}} }""";
}
