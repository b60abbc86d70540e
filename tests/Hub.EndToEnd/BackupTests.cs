using System.Net;
using System.Text.Json;

namespace Hub.EndToEnd;

/// <summary>A hub is backed up while it works, lost with its machine, and restored somewhere else.</summary>
public sealed class BackupTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_UnderLoadThenLossOfEverything_RestoresAllThatWasAcknowledgedBefore()
    {
        var since = TimeProvider.System.GetUtcNow();
        var backup = Path.Combine(Path.GetTempPath(), $"flowpilot-backup-{Guid.CreateVersion7():N}");
        await using var receiver = await CallReceiver.StartAsync();
        await using var hub = new HubProcess(("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"));
        await hub.StartAsync();
        var source = await hub.AddSourceAsync("backed-up", "secret-1");
        await hub.ActivateAsync(
            new
            {
                schema = "flowpilot/v1",
                name = "Wait, then call",
                trigger = new { type = "webhook", source = source.Name },
                steps = new object[]
                {
                    new
                    {
                        id = "wait",
                        type = "delay",
                        with = new { @for = "3s" },
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
                            body = new { n = "{{ trigger.body.n }}" },
                        },
                    },
                },
            }
        );
        using var sender = new WebhookSender(source.Url, source.Secret);
        using var stop = new CancellationTokenSource();
        var sending = sender.RunAsync(senders: 4, Pace, stop.Token);
        await UntilAsync(() => sender.Acknowledged.Count >= 300);
        var before = sender.Acknowledged.ToDictionary();
        var (exit, printed) = await hub.RunCommandAsync("backup", backup);
        Assert.True(exit == 0, printed);
        await UntilAsync(() => sender.Acknowledged.Count >= before.Count + 300);
        await stop.CancelAsync();
        await sending;
        await hub.KillAsync();
        hub.KillPostmaster();

        await using var restored = new HubProcess(("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"));
        (exit, printed) = await restored.RunCommandAsync("restore", backup);
        Assert.True(exit == 0, printed);
        Directory.Delete(backup, recursive: true);
        var calls = receiver.Calls.Values.Sum(each => each.Count);
        await restored.StartAsync();
        await restored.WaitForOutputAsync(output => output.Contains("was restored from a backup", StringComparison.Ordinal));
        Assert.Contains("The restored database has a password of its own", restored.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("was missing; the database has a new password", restored.Output, StringComparison.Ordinal);
        Assert.Equal("paused", await StatusAsync(restored, "/health"));
        foreach (var delivery in before.Values)
        {
            Assert.NotNull(await StatusAsync(restored, $"/webhooks/status/{delivery}"));
        }

        var entry = Assert.Single(await LedgerEntry.ReadAsync(restored, since, Cancel), each => each.SourceId == source.Id);
        entry.AssertCloses();
        Assert.InRange(entry.Accepted, before.Count, sender.Sent);
        Assert.True(entry.InProgress > 0, $"nothing was left to be done, which proves nothing: {entry}");
        using var again = new WebhookSender(new Uri(restored.Address, new Uri(source.Url).AbsolutePath).ToString(), source.Secret);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await again.SendOneAsync());
        Assert.Equal(calls, receiver.Calls.Values.Sum(each => each.Count));

        using var resumed = await restored.PostAsync("/api/v1/resume", new { });
        await restored.WaitUntilSettledAsync();
        foreach (var delivery in before.Values)
        {
            Assert.Equal("completed", await StatusAsync(restored, $"/webhooks/status/{delivery}"));
        }

        await receiver.WaitForAllAsync([.. before.Keys], Limit);
        Assert.Equal(HttpStatusCode.Accepted, await again.SendOneAsync());
        await restored.WaitUntilSettledAsync();
        Assert.Single(await LedgerEntry.ReadAsync(restored, since, Cancel), each => each.SourceId == source.Id).AssertCloses();
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Command_WithAPostgresOfOnesOwn_NamesTheToolsForIt(string command)
    {
        await using var hub = new HubProcess(("ConnectionStrings__Hub", "Host=127.0.0.1;Port=1;Database=hub;Username=hub;Password=secret-of-the-database"));
        var (exit, printed) = await hub.RunCommandAsync(command, Path.Combine(Path.GetTempPath(), $"flowpilot-none-{Guid.CreateVersion7():N}"));
        Assert.Equal(1, exit);
        Assert.Contains("pg_dump or pg_basebackup", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-database", printed, StringComparison.Ordinal);
    }

    private static async Task<string?> StatusAsync(HubProcess hub, string path)
    {
        using var response = await hub.Api.GetAsync(path, Cancel);
        using var view = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        return response.StatusCode == HttpStatusCode.NotFound ? null : view.RootElement.GetProperty("status").GetString();
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Limit);
        while (!isSo())
        {
            // The sender signals nothing.
            await Task.Delay(10, patience.Token);
        }
    }
}
