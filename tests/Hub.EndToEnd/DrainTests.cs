using Hub.TestSupport.StandIns;

namespace Hub.EndToEnd;

public sealed class DrainTests
{
    [Fact]
    public async Task SecondCtrlC_WhileExecutionsRun_HandsThemOverAtOnce()
    {
        await using var receiver = await StandIn.StartAsync();
        var end = new TaskCompletionSource();
        receiver.On("/slow", async (_, _) =>
        {
            await end.Task;
            return StandInAnswer.Ok;
        });
        await using var hub = new HubProcess(("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"), ("Hub__Engine__DrainTimeout", "00:00:30"));
        await hub.StartAsync();
        using var workflow = await hub.PostAsync(
            "/api/v1/workflows",
            new
            {
                schema = "flowpilot/v1",
                name = "Slow",
                trigger = new { type = "manual" },
                steps = new[]
                {
                    new
                    {
                        id = "call",
                        type = "http.request",
                        with = new { url = receiver.At("/slow") },
                    },
                },
            }
        );
        using var started = await hub.PostAsync($"/api/v1/workflows/{workflow.RootElement.GetProperty("id").GetString()}/execute", new { });
        await receiver.WaitForAsync("/slow", 1, TestContext.Current.CancellationToken);

        hub.Interrupt();
        await hub.WaitForOutputAsync(output => output.Contains("Waiting up to 30 s for 1 executions; Ctrl-C again", StringComparison.Ordinal));
        var asked = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await hub.InterruptAsync());
        Assert.True(TimeProvider.System.GetElapsedTime(asked) < TimeSpan.FromSeconds(20), "the second Ctrl-C was not heard");
        Assert.Contains("1 executions were given back", hub.Output, StringComparison.Ordinal);
        end.SetResult();
    }
}
