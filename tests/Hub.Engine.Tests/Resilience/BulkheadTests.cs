using Hub.Engine.Executions;

namespace Hub.Engine.Tests.Resilience;

/// <summary>A destination that hangs or fails keeps its own executions waiting and no others.</summary>
public sealed class BulkheadTests(BulkheadFixture fixture) : IClassFixture<BulkheadFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Destination_ThatHangs_LeavesOthersAloneAndItsExecutionsWaitAsRows()
    {
        var hung = Hang(fixture.One, "/hung");
        var workflow = await AddAsync(fixture.One.At("/hung"));
        var executions = await ExecuteAsync(workflow, 300);
        await fixture.One.WaitForAsync("/hung", BulkheadFixture.PerDestination, Cancel);

        // Runners are fewer than the calls that hang, and all of these have come to their end while those still do.
        var well = await ExecuteAsync(await AddAsync(fixture.Two.At("/well")), 60);
        Assert.All(await EndsAsync(well), execution => Assert.Equal("completed", execution.Status()));
        Assert.Equal(BulkheadFixture.PerDestination, fixture.One.To("/hung").Count);

        await ParkedAsync(workflow, 300 - BulkheadFixture.PerDestination);
        var one = await Hub.AskAsync("SELECT id FROM hub.executions WHERE workflow_id = $1 AND parked_on IS NOT NULL LIMIT 1", workflow);
        var parked = await Hub.ExecutionAsync((Guid)one!);
        Assert.Equal(("retrying", "destination_busy", 0), (parked.Status(), CodeOf(parked), parked.Step("call").GetProperty("attempts").GetInt32()));
        Assert.InRange((int)(await Hub.AskAsync("SELECT max(claim) FROM hub.executions WHERE workflow_id = $1", workflow))!, 1, 2);

        hung.SetResult(StandInAnswer.Ok);
        var ends = await EndsAsync(executions);
        Assert.All(ends, execution => Assert.Equal(("completed", 0), (execution.Status(), execution.GetProperty("failedTries").GetInt32())));
        Assert.Equal(300, fixture.One.To("/hung").Count);
    }

    [Fact]
    public async Task Workflow_WithManyDestinationsThatHang_HasItsShareOfTheCallsAndNoMore()
    {
        var first = Hang(fixture.One, "/w-one");
        var second = Hang(fixture.Two, "/w-two");
        var workflow = await AddAsync("{{ trigger.body.url }}");
        var executions = await ExecuteAsync(workflow, 10, $$"""{"url":"{{fixture.One.At("/w-one")}}"}""");
        await fixture.One.WaitForAsync("/w-one", BulkheadFixture.PerDestination, Cancel);
        executions.AddRange(await ExecuteAsync(workflow, 10, $$"""{"url":"{{fixture.Two.At("/w-two")}}"}"""));
        await fixture.Two.WaitForAsync("/w-two", BulkheadFixture.PerWorkflow - BulkheadFixture.PerDestination, Cancel);
        await ParkedAsync(workflow, 20 - BulkheadFixture.PerWorkflow);
        Assert.Equal(true, await Hub.AskAsync("SELECT bool_or(parked_on = $2) FROM hub.executions WHERE workflow_id = $1", workflow, $"workflow|{workflow}"));

        // The second destination has room left for other workflows.
        var others = await ExecuteAsync(await AddAsync(fixture.Two.At("/w-other")), 5);
        Assert.All(await EndsAsync(others), execution => Assert.Equal("completed", execution.Status()));
        Assert.Equal(BulkheadFixture.PerWorkflow - BulkheadFixture.PerDestination, fixture.Two.To("/w-two").Count);
        first.SetResult(StandInAnswer.Ok);
        second.SetResult(StandInAnswer.Ok);
        Assert.All(await EndsAsync(executions), execution => Assert.Equal("completed", execution.Status()));
    }

    [Fact]
    public async Task Destination_ThatFails_IsCalledByProbesAloneUntilItIsWell()
    {
        await using var standIn = await StandIn.StartAsync();
        var isWell = false;
        standIn.On("/failing", (_, _) => isWell ? StandInAnswer.Ok : new StandInAnswer(503));
        var workflow = await AddAsync(standIn.At("/failing"), ""","retry":{"attempts":3,"first":"10ms","max":"10ms"}""");
        var executions = await ExecuteAsync(workflow, 100);
        await ParkedAsync(workflow, atLeast: 80);
        var before = standIn.To("/failing").Count;

        // Five in a row and those beside them; then nobody, or one probe.
        Assert.InRange(before, 5, 5 + BulkheadFixture.PerDestination + 1);
        await standIn.WaitForAsync("/failing", before + 1, Cancel);
        isWell = true;
        var ends = await EndsAsync(executions);
        Assert.True(ends.Count(execution => execution.Status() == "completed") >= 95);
        Assert.Contains("are put off for", Hub.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parked_ByANodeThatIsGone_AllGoOnAfterTheFirstOfThem()
    {
        var hung = Hang(fixture.One, "/left");
        var workflow = await AddAsync(fixture.One.At("/left"));
        var executions = await ExecuteAsync(workflow, 40);
        await ParkedAsync(workflow, 40 - BulkheadFixture.PerDestination);
        await Hub.RestartAsync();
        hung.SetResult(StandInAnswer.Ok);
        var first = await Hub.AskAsync("SELECT id FROM hub.executions WHERE workflow_id = $1 AND parked_on IS NOT NULL LIMIT 1", workflow);
        await Hub.AskAsync("UPDATE hub.executions SET wake_at = now() WHERE id = $1", first!);
        Hub.Get<WakeSignal>().Now();
        Assert.All(await EndsAsync(executions), execution => Assert.Equal("completed", execution.Status()));
    }

    private static TaskCompletionSource<StandInAnswer> Hang(StandIn standIn, string path)
    {
        var answer = new TaskCompletionSource<StandInAnswer>();
        standIn.On(path, (_, _) => answer.Task);
        return answer;
    }

    private static string? CodeOf(JsonElement execution) => execution.Step("call").GetProperty("error").GetProperty("code").GetString();

    private Task<Guid> AddAsync(string url, string more = "") =>
        Hub.AddWorkflowAsync($$"""[{"id":"call","type":"http.request","with":{"url":"{{url}}","method":"POST"} {{more}} }]""");

    private async Task<List<Guid>> ExecuteAsync(Guid workflow, int count, string input = "{}") =>
        [.. await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Hub.ExecuteAsync(workflow, input)))];

    private Task<JsonElement[]> EndsAsync(IEnumerable<Guid> executions) => Task.WhenAll(executions.Select(Hub.EndOfAsync));

    /// <summary>Returns when so many executions of the workflow are parked.</summary>
    private async Task ParkedAsync(Guid workflow, int atLeast)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while ((long)(await Hub.AskAsync("SELECT count(*) FROM hub.executions WHERE workflow_id = $1 AND parked_on IS NOT NULL", workflow))! < atLeast)
        {
            // Rows signal nothing.
            await Task.Delay(20, patience.Token);
        }
    }
}
