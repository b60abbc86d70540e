using Hub.Engine.Pausing;
using Microsoft.Extensions.Hosting;

namespace Hub.Api.Tests.Startup;

/// <summary>A hub that starts paused: it receives nothing and runs nothing until it is resumed.</summary>
public sealed class PausedTests
{
    /// <summary>Hosted services that begin no work: they start, read, check, listen, or write down what others did.</summary>
    private static readonly string[] Harmless =
    [
        "AddressProtection",
        "AdminKey",
        "ClockCheck",
        "FailureLog",
        "HubDatabase",
        "KeyRingCheck",
        "KeyRingPresence",
        "MemoryWorker",
        "NoticeListener",
        "SecondSignal",
        "SecretBinding",
        "SecretUses",
        "StartupGuide",
        "WorkServices",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartPaused_WithWorkThatIsDue_ReceivesAndRunsNothingUntilResumed()
    {
        await using var standIn = await StandIn.StartAsync();
        await using var hub = await TestHub.StartAsync(("Hub:Engine:PollInterval", "00:00:00.1"));
        var source = await hub.AddSourceAsync();
        var call = $$"""
            [{"id":"wait","type":"delay","with":{"for":"1s"} },{"id":"call","type":"http.request","after":["wait"],
            "with":{"url":"{{standIn.At("/due")}}"} }]
            """;
        var workflow = await hub.AddWorkflowAsync(call, source);
        var delivery = await hub.DeliverAsync(source, "{}");
        await hub.StopAsync();
        await hub.AskAsync(
            "INSERT INTO hub.executions (id, workflow_id, version, trigger, status, lease_node, claimed_at, created_at) VALUES ($1, $2, 1, 'manual', "
                + "'running', $1, now(), now())",
            Guid.CreateVersion7(),
            workflow
        );
        hub.Set("Hub:Start", "paused");
        await hub.StartAsync();

        using (var refused = await hub.PostAsync(source, "{}"u8.ToArray()))
        {
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromMinutes(1), $"senders come back after {refused.Headers.RetryAfter}");
            Assert.Contains("\"code\":\"hub_paused\"", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        using (var health = await hub.Web.GetAsync("/health", Cancel))
        {
            var view = JsonDocument.Parse(await health.Content.ReadAsStringAsync(Cancel)).RootElement;
            Assert.Equal((503, "paused"), ((int)health.StatusCode, view.Status()));
            Assert.Equal("hub_paused", Assert.Single(view.GetProperty("problems").EnumerateArray()).GetProperty("code").GetString());
        }

        // What is due, what waits for its time, what a dead node held, and what a person starts now: all of it stays as it is.
        var byHand = await hub.ExecuteAsync(workflow);
        await hub.AskAsync("SELECT pg_sleep(1.5)");
        Assert.Equal("pending,running,waiting", await hub.AskAsync("SELECT string_agg(status, ',' ORDER BY status) FROM hub.executions"));
        Assert.Equal(0L, await hub.AskAsync("SELECT count(*) FROM hub.nodes"));
        Assert.Empty(standIn.To("/due"));
        Assert.True(hub.Log.Text.Contains("This hub is paused: it was started with Hub:Start=paused.", StringComparison.Ordinal));

        Assert.True((await hub.SendAsync(HttpMethod.Post, "/api/v1/resume")).GetProperty("wasPaused").GetBoolean());
        Assert.False((await hub.SendAsync(HttpMethod.Post, "/api/v1/resume")).GetProperty("wasPaused").GetBoolean());
        Assert.Equal("completed", Assert.Single(await hub.EndsOfDeliveryAsync(delivery)).Status());
        Assert.Equal("completed", (await hub.EndOfAsync(byHand)).Status());
        await standIn.WaitForAsync("/due", 2, Cancel);
        using var taken = await hub.PostAsync(source, "{}"u8.ToArray());
        Assert.Equal(202, (int)taken.StatusCode);
        using var healthy = await hub.Web.GetAsync("/health", Cancel);
        Assert.Equal(200, (int)healthy.StatusCode);
    }

    [Fact]
    public async Task HostedServices_ThatBeginWork_AreAllStartedByTheOneThatKnowsOfThePause()
    {
        await using var hub = await TestHub.StartAsync(("Hub:Start", "paused"));
        var hosted = hub.Get<IEnumerable<IHostedService>>()
            .Select(service => service.GetType())
            .Where(type => type.Namespace!.StartsWith("Hub.", StringComparison.Ordinal));
        Assert.Equal(Harmless, hosted.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["ExecutionWorker", "LeaseWorker", "ParkedWork", "QuarantineCleaner", "RetentionCleaner"],
            hub.Get<IEnumerable<WorkService>>().Select(service => service.Type.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Resume_WithoutTheKey_Is401()
    {
        await using var hub = await TestHub.StartAsync(("Hub:Start", "paused"));
        using var refused = await hub.Web.PostAsync("/api/v1/resume", null, Cancel);
        Assert.Equal(401, (int)refused.StatusCode);
    }
}
