using Hub.Engine.Executions;

namespace Hub.Engine.Tests.Executions;

/// <summary>What a node holds of executions that are leased to it is bounded by bytes too, not by their number alone.</summary>
public sealed class LeasedBytesTests
{
    private const int MiB = 1 << 20;

    private readonly Guid _workflow = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void NewExecutions_BeyondTheBytes_AreLeftToTheTable()
    {
        var queue = new LocalQueue(1000, 4 * MiB);
        var leased = 0;
        while (queue.TryReserve(_workflow, 200_000))
        {
            leased++;
        }

        Assert.Equal(4 * MiB / 200_000, leased);
        Assert.Equal(leased, queue.Count);
        Assert.True(queue.TryReserve(_workflow, 1000));
        queue.Release(_workflow, 1000);
        queue.Release(_workflow, 200_000);
        Assert.True(queue.TryReserve(_workflow, 200_000));
    }

    [Fact]
    public void Claims_ReserveForTheLargest_AndGiveBackWhatTheyDidNotNeed()
    {
        var queue = new LocalQueue(1000, 4 * MiB);
        var reserved = 0;
        while (queue.TryReserve())
        {
            reserved++;
        }

        Assert.Equal(3 * MiB / LocalQueue.LargestClaimed, reserved);
        queue.Assign(_workflow, 100);
        for (var i = 1; i < reserved; i++)
        {
            queue.Release();
        }

        Assert.Equal((1, 100L), (queue.Count, queue.Bytes));
        queue.Release(_workflow, 100);
        Assert.Equal((0, 0L), (queue.Count, queue.Bytes));
    }

    [Fact]
    public async Task Bodies_ThatComeWhileADestinationHangs_StayWithinTheBytesAndAllRun()
    {
        await using var standIn = await StandIn.StartAsync();
        var hung = new TaskCompletionSource<StandInAnswer>();
        standIn.On("/hung", (_, _) => hung.Task);
        await using var hub = await TestHub.StartAsync(
            ("Hub:Engine:MaxLeasedBytes", $"{4 * MiB}"),
            ("Hub:Calls:PerDestination", "1000"),
            ("Hub:Calls:PerWorkflow", "1000")
        );
        var source = await hub.AddSourceAsync(bodyLimit: MiB);
        await hub.AddWorkflowAsync($$"""[{"id":"call","type":"http.request","with":{"url":"{{standIn.At("/hung")}}","method":"POST"} }]""", source);
        var body = Encoding.UTF8.GetBytes($"\"{new string('x', 200_000)}\"");
        var deliveries = new List<Guid>();
        for (var i = 0; i < 40; i++)
        {
            deliveries.Add(await hub.DeliverAsync(source, body));
            Assert.InRange(hub.Get<LocalQueue>().Bytes, 1, 4 * MiB);
        }

        await standIn.WaitForAsync("/hung", 15, Cancel);
        Assert.InRange(hub.Get<LocalQueue>().Count, 15, 4 * MiB / 200_000);
        hung.SetResult(StandInAnswer.Ok);
        foreach (var delivery in deliveries)
        {
            Assert.Equal("completed", Assert.Single(await hub.EndsOfDeliveryAsync(delivery)).Status());
        }

        for (var i = 0; i < 400 && hub.Get<LocalQueue>().Bytes > 0; i++)
        {
            // A claim that found nothing gives back what it reserved.
            await Task.Delay(10, Cancel);
        }

        Assert.Equal(0L, hub.Get<LocalQueue>().Bytes);
    }
}
