using System.Diagnostics;
using System.Text.Json;

namespace Hub.EndToEnd;

/// <summary>Acknowledged means kept: whoever is killed, and whenever.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const string Secret = "crash-test-secret";
    private const int Kills = 10;
    private const int Senders = 16;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Hub_KilledTenTimesUnderLoad_RunsEveryAcknowledgedDeliveryToItsEnd()
    {
        await RunAsync(async hub =>
        {
            await hub.KillAsync();
            await hub.StartAsync();
        });
    }

    [Fact]
    public async Task Postgres_KilledTenTimesUnderLoad_RunsEveryAcknowledgedDeliveryToItsEnd()
    {
        await RunAsync(async hub =>
        {
            await hub.WaitForPostmasterOtherThanAsync(hub.KillPostmaster());
        });
    }

    private async Task RunAsync(Func<HubProcess, Task> killAndRecover)
    {
        await using var receiver = await CallReceiver.StartAsync();
        await using var hub = new HubProcess(("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"));
        output.WriteLine($"first start: {await hub.StartAsync()}");
        using var sender = new WebhookSender(await SetUpAsync(hub, receiver.Address), Secret);
        using var stop = new CancellationTokenSource();
        var sending = sender.RunAsync(Senders, Pace, stop.Token);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        var kills = new List<long>();
        for (var kill = 0; kill < Kills; kill++)
        {
            // The random moment of the kill is what is being tested.
            await Task.Delay(random.Next(500, 2000), TestContext.Current.CancellationToken);
            var killedAt = Stopwatch.GetTimestamp();
            kills.Add(killedAt);
            await killAndRecover(hub);
            output.WriteLine($"kill {kill + 1}: ready again after {Stopwatch.GetElapsedTime(killedAt)}, {sender.Acknowledged.Count} acknowledged");
        }

        await stop.CancelAsync();
        await sending;
        Assert.True(sender.Acknowledged.Count > 500, $"only {sender.Acknowledged.Count} of {sender.Sent} were acknowledged: too few to prove anything");
        await receiver.WaitForAllAsync(sender.Acknowledged.Keys.ToArray(), SettleLimit);
        await hub.WaitUntilSettledAsync();
        await CheckDeliveriesAsync(hub, sender);
        CheckRepeats(receiver, kills);
        output.WriteLine(
            $"{sender.Sent} sent, {sender.Acknowledged.Count} acknowledged, {receiver.Calls.Count} arrived, "
                + $"{receiver.Calls.Values.Count(calls => calls.Count > 1)} of them more than once"
        );
    }

    private static async Task<string> SetUpAsync(HubProcess hub, string receiver)
    {
        using var source = await hub.PostAsync("/api/v1/sources", new { name = "crash", signature = new { scheme = "github", secrets = new[] { Secret } } });
        using var workflow = await hub.PostAsync(
            "/api/v1/workflows",
            new
            {
                schema = "flowpilot/v1",
                name = "Crash test",
                trigger = new { type = "webhook", source = "crash" },
                steps = new object[]
                {
                    new
                    {
                        id = "high",
                        type = "if",
                        when = new
                        {
                            path = "$.trigger.body.priority",
                            op = "equals",
                            value = "High",
                        },
                    },
                    new
                    {
                        id = "text",
                        type = "set",
                        after = new[] { "high.true", "high.false" },
                        join = "any",
                        with = new { n = "{{ trigger.body.n }}" },
                    },
                    new
                    {
                        id = "call",
                        type = "http.request",
                        after = new[] { "text" },
                        with = new
                        {
                            method = "POST",
                            url = $"{receiver}/call",
                            body = new { n = "{{ steps.text.output.n }}" },
                        },
                        retry = new
                        {
                            attempts = 20,
                            first = "200ms",
                            max = "1s",
                        },
                    },
                },
            }
        );
        using var active = await hub.PostAsync($"/api/v1/workflows/{workflow.RootElement.GetProperty("id").GetString()}/activate", new { });
        return source.RootElement.GetProperty("url").GetString()!;
    }

    private static async Task CheckDeliveriesAsync(HubProcess hub, WebhookSender sender)
    {
        await Parallel.ForEachAsync(sender.Acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (pair, cancellation) =>
        {
            using var status = JsonDocument.Parse(await hub.Api.GetStringAsync($"/webhooks/status/{pair.Value}", cancellation));
            Assert.Equal("completed", status.RootElement.GetProperty("status").GetString());
            Assert.Equal(1, status.RootElement.GetProperty("executions").GetArrayLength());
        });
    }

    /// <summary>A number arrives twice only when a kill fell between, soon after the first call; and always under one key.</summary>
    private static void CheckRepeats(CallReceiver receiver, List<long> kills)
    {
        var inFlight = TimeSpan.FromSeconds(5);
        foreach (var (number, calls) in receiver.Calls.Where(pair => pair.Value.Count > 1))
        {
            Assert.Single(calls.Select(call => call.IdempotencyKey).Distinct());
            foreach (var (first, second) in calls.Zip(calls.Skip(1)))
            {
                Assert.True(
                    kills.Exists(kill =>
                        first.ArrivedAt <= kill + (Stopwatch.Frequency / 2)
                        && kill <= second.ArrivedAt
                        && Stopwatch.GetElapsedTime(first.ArrivedAt, kill) < inFlight
                    ),
                    $"{number} was called again though its first call was not in flight at a kill"
                );
            }
        }
    }
}
