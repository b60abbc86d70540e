using Hub.Engine.Executions;
using Hub.Storage.Queue;

namespace Hub.Engine.Tests.Executions;

/// <summary>What is large has few places and waits for them as rows; what is small never waits for one.</summary>
public sealed class LargePlacesTests(HubFixture fixture) : EngineTest(fixture)
{
    private static readonly byte[] LargeBody = Encoding.UTF8.GetBytes($"\"{new string('x', ExecutionQueue.LargeBody)}\"");

    [Fact]
    public async Task Rescued_WithNothingRecorded_RunBesideEachOther()
    {
        var hung = Hang("/rescued");
        var workflow = await Hub.AddWorkflowAsync($"[{Call("call", "/rescued")}]");
        var executions = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            executions.Add(await Hub.ExecuteAsync(workflow));
        }

        await StandIn.WaitForAsync("/rescued", 12, Cancel);
        await Hub.AskAsync("UPDATE hub.executions SET status = 'pending', wake_at = now(), lease_node = NULL WHERE id = ANY ($1)", executions.ToArray());
        Hub.Get<WakeSignal>().Now();
        await StandIn.WaitForAsync("/rescued", 24, Cancel);
        hung.SetResult(StandInAnswer.Ok);
        Assert.All(await Task.WhenAll(executions.Select(Hub.EndOfAsync)), execution => Assert.Equal("completed", execution.Status()));
    }

    [Fact]
    public async Task Large_MoreThanThereArePlaces_LeaveTheRunnersToOthersAndGoOnWhenThereIsRoom()
    {
        var hung = Hang("/large");
        var source = await Hub.AddSourceAsync(bodyLimit: 1 << 20);
        await Hub.AddWorkflowAsync($"[{Call("call", "/large")}]", source);
        var deliveries = new List<Guid>();
        for (var i = 0; i < 40; i++)
        {
            deliveries.Add(await Hub.DeliverAsync(source, LargeBody));
        }

        // Three quarters of the eight places are this workflow's at most.
        await StandIn.WaitForAsync("/large", 6, Cancel);
        await RunAsync($"[{Call("call", "/small")}]", "call:completed");
        var other = await Hub.AddSourceAsync(bodyLimit: 1 << 20);
        await Hub.AddWorkflowAsync($"[{Call("call", "/other")}]", other);
        Assert.Equal("completed", Assert.Single(await Hub.EndsOfDeliveryAsync(await Hub.DeliverAsync(other, LargeBody))).Status());
        Assert.Equal(6, StandIn.To("/large").Count);
        hung.SetResult(StandInAnswer.Ok);
        foreach (var delivery in deliveries)
        {
            var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(delivery));
            Assert.Equal(("completed", 0), (execution.Status(), execution.GetProperty("failedTries").GetInt32()));
        }
    }

    private TaskCompletionSource<StandInAnswer> Hang(string path)
    {
        var answer = new TaskCompletionSource<StandInAnswer>();
        StandIn.On(path, (_, _) => answer.Task);
        return answer;
    }
}
