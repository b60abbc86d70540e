using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Hub.EndToEnd;

/// <summary>Someone starts a hub on a copy of another hub's data directory, to try something.</summary>
public sealed class CopiedDirectoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copy_OfADirectoryWithWorkThatWaits_CallsNobodyUntilItIsResumed()
    {
        await using var receiver = await CallReceiver.StartAsync();
        await using var original = new HubProcess(("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"));
        await original.StartAsync();
        await original.ActivateAsync(
            new
            {
                schema = "flowpilot/v1",
                name = "Wait, then call",
                trigger = new { type = "manual" },
                steps = new object[]
                {
                    new
                    {
                        id = "wait",
                        type = "delay",
                        with = new { @for = "2s" },
                    },
                    new
                    {
                        id = "call",
                        type = "http.request",
                        after = new[] { "wait" },
                        with = new
                        {
                            method = "POST",
                            url = $"{receiver.Address}/call",
                            body = new { n = 1 },
                        },
                    },
                },
            }
        );
        using var workflows = await original.GetAsync("/api/v1/workflows");
        var workflow = workflows
            .RootElement.GetProperty("items")
            .EnumerateArray()
            .Single(each => each.GetProperty("name").GetString() == "Wait, then call")
            .GetProperty("id")
            .GetString();
        using var started = await original.PostAsync($"/api/v1/workflows/{workflow}/execute", new { });
        Assert.Equal(0, await original.InterruptAsync());

        await using var copy = new HubProcess(("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"));
        using (var copying = Process.Start("cp", ["-a", original.DataDirectory, copy.DataDirectory]))
        {
            await copying.WaitForExitAsync(Cancel);
        }

        await copy.StartAsync();
        using (var health = await copy.Api.GetAsync("/health", Cancel))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            Assert.Equal("paused", JsonDocument.Parse(await health.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("status").GetString());
        }

        await copy.WaitForOutputAsync(output =>
            output.Contains("is a copy of another one", StringComparison.Ordinal) && output.Contains("/api/v1/resume", StringComparison.Ordinal)
        );
        Assert.Empty(receiver.Calls);

        // The original is at home and goes on by itself, in whatever container; the copy does so once it is told, and from then on by itself.
        await original.StartAsync();
        await original.WaitUntilSettledAsync();
        Assert.Single(receiver.Calls[1]);
        using var resumed = await copy.PostAsync("/api/v1/resume", new { });
        await copy.WaitUntilSettledAsync();
        Assert.Equal(2, receiver.Calls[1].Count);
        Assert.Equal(0, await copy.InterruptAsync());
        await copy.StartAsync();
        using var healthy = await copy.Api.GetAsync("/health", Cancel);
        Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);
    }
}
