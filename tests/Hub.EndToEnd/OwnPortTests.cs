using System.Text.Json;

namespace Hub.EndToEnd;

public sealed class OwnPortTests
{
    [Fact]
    public async Task HubAndItsDatabase_CalledByAWorkflow_AreRefusedWhateverIsAllowed()
    {
        await using var hub = new HubProcess(("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"));
        await hub.StartAsync();
        var database = await File.ReadAllTextAsync(Path.Combine(hub.DataDirectory, "postgresql.port"), TestContext.Current.CancellationToken);
        foreach (var port in (string[])[database.Trim(), $"{hub.Api.BaseAddress!.Port}"])
        {
            var error = await ErrorOfCallAsync(hub, $"http://127.0.0.1:{port}/");
            Assert.Equal("address_refused", error.GetProperty("code").GetString());
            Assert.Contains("this hub or its database", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task<JsonElement> ErrorOfCallAsync(HubProcess hub, string url)
    {
        using var workflow = await hub.PostAsync(
            "/api/v1/workflows",
            new
            {
                schema = "flowpilot/v1",
                name = $"Call {url}",
                trigger = new { type = "manual" },
                steps = new[]
                {
                    new
                    {
                        id = "call",
                        type = "http.request",
                        with = new { url },
                    },
                },
            }
        );
        using var started = await hub.PostAsync($"/api/v1/workflows/{workflow.RootElement.GetProperty("id").GetString()}/execute", new { });
        var path = $"/api/v1/executions/{started.RootElement.GetProperty("executionId").GetString()}";
        while (true)
        {
            using var execution = await hub.GetAsync(path);
            if (execution.RootElement.GetProperty("status").GetString() is "failed" or "completed")
            {
                return execution.RootElement.GetProperty("error").Clone();
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
