using System.Net;
using System.Text;

namespace Hub.EndToEnd;

/// <summary>A database server that has stopped doing anything, while its connections stay open.</summary>
public sealed class FreezeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_Frozen_SendersAreAnswered503InTimeAndTakenAgainAfterwards()
    {
        await using var hub = new HubProcess(("Hub__Intake__AnswerWithin", "00:00:01"));
        await hub.StartAsync();
        using var made = await hub.PostAsync("/api/v1/sources", new { name = "frozen", signature = new { scheme = "none" } });
        var source = made.RootElement.GetProperty("url").GetString()!;
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(hub, source));
        Assert.True(hub.TryFindPostmaster(out var postmaster));
        var frozen = Freeze(postmaster);
        try
        {
            var since = TimeProvider.System.GetTimestamp();
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendAsync(hub, source)));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer));
            Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        }
        finally
        {
            frozen.ForEach(ProcessSignal.Continue);
        }

        while (await SendAsync(hub, source) != HttpStatusCode.Accepted)
        {
            await Task.Delay(100, Cancel);
        }
    }

    [Fact]
    public async Task Database_Frozen_DoesNotHoldAStop()
    {
        await using var hub = new HubProcess(("Hub__Engine__DrainTimeout", "00:00:00"));
        await hub.StartAsync();
        Assert.True(hub.TryFindPostmaster(out var postmaster));
        var frozen = Freeze(postmaster);
        try
        {
            await hub.InterruptAsync().WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        }
        finally
        {
            frozen.ForEach(ProcessSignal.Continue);
        }

        // The next start takes over, or stops, what was left behind.
        await hub.StartAsync();
        Assert.Equal(0, await hub.InterruptAsync());
    }

    /// <summary>The postmaster first, so that it makes no further process meanwhile.</summary>
    private static List<int> Freeze(int postmaster)
    {
        ProcessSignal.Stop(postmaster);
        var children = File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(int.Parse)
            .ToList();
        children.ForEach(ProcessSignal.Stop);
        return [postmaster, .. children];
    }

    private static async Task<HttpStatusCode> SendAsync(HubProcess hub, string url)
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await hub.Api.PostAsync(url, body, Cancel);
        return response.StatusCode;
    }
}
