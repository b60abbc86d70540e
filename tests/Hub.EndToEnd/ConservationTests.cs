using System.Diagnostics;
using System.Globalization;

namespace Hub.EndToEnd;

/// <summary>Every request is accounted for, at any time: whoever is killed, and whenever.</summary>
public sealed class ConservationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable("FLOWPILOT_CONSERVATION_SECONDS") is { Length: > 0 } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) : 40
    );

    /// <summary>True for PostgreSQL, false for the hub: one kill every four seconds, one in five of PostgreSQL.</summary>
    private static readonly bool[] Kills = [.. Enumerable.Range(0, Math.Max(10, (int)Load.TotalSeconds / 4)).Select(kill => kill % 5 == 2)];

    [Fact]
    public async Task Ledger_HubAndPostgresKilledUnderMixedLoad_ClosesForEverySourceAtAnyTime()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var since = TimeProvider.System.GetUtcNow();
        await using var receiver = await CallReceiver.StartAsync();
        await using var hub = new HubProcess(("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"));
        await hub.StartAsync();
        var traffic = await SetUpAsync(hub, receiver.Address, seed);
        var audit = new LedgerAudit(hub, since);
        using var stop = new CancellationTokenSource();
        var sending = Task.WhenAll(traffic.Select(mixed => mixed.RunAsync(senders: 3, Pace, stop.Token)));
        var auditing = audit.RunAsync(TimeSpan.FromMilliseconds(250), stop.Token);
        await KillAsync(hub, random);
        await stop.CancelAsync();
        await sending;
        await auditing;
        output.WriteLine($"the ledger was asked {audit.Answers + audit.Silences} times and answered {audit.Answers} times");
        Assert.True(audit.Answers > Kills.Length, $"the ledger answered only {audit.Answers} times, too few to prove anything");

        var started = Stopwatch.GetTimestamp();
        await receiver.WaitForAllAsync([.. traffic[0].Acknowledged.Values], SettleLimit);
        await hub.WaitUntilSettledAsync();
        var ledger = await LedgerEntry.ReadAsync(hub, since, TestContext.Current.CancellationToken);
        output.WriteLine($"settled after {Stopwatch.GetElapsedTime(started)}");
        foreach (var mixed in traffic)
        {
            await CheckAsync(hub, mixed, ledger.Single(entry => entry.SourceId == mixed.Source.Id));
            mixed.Dispose();
        }

        CheckKinds(ledger, traffic);
        output.WriteLine($"checked after {Stopwatch.GetElapsedTime(started)}");
    }

    /// <summary>Four Sources whose deliveries go four ways.</summary>
    private static async Task<MixedTraffic[]> SetUpAsync(HubProcess hub, string receiver, int seed)
    {
        var called = await hub.AddSourceAsync("called", "secret-1", new() { ["dedupe"] = "header:X-GitHub-Delivery" });
        var sifted = await hub.AddSourceAsync("sifted", "secret-2");
        var unrouted = await hub.AddSourceAsync("unrouted", "secret-3");
        var narrow = await hub.AddSourceAsync("narrow", "secret-4", new() { ["bodyLimit"] = 1024, ["rateLimit"] = new { perSecond = 20, burst = 20 } });
        await hub.ActivateCallAsync("called", receiver);
        await hub.ActivateAsync(
            new
            {
                schema = "flowpilot/v1",
                name = "Sift",
                trigger = new
                {
                    type = "webhook",
                    source = "sifted",
                    filter = new
                    {
                        path = "$.trigger.body.wanted",
                        op = "equals",
                        value = true,
                    },
                },
                steps = new[]
                {
                    new
                    {
                        id = "note",
                        type = "set",
                        with = new { n = "{{ trigger.body.n }}" },
                    },
                },
            }
        );
        return
        [
            new(called, new Random(seed + 1), WebhookKind.Good, WebhookKind.Good, WebhookKind.Repeated, WebhookKind.BadSignature),
            new(sifted, new Random(seed + 2), WebhookKind.Good, WebhookKind.Good, WebhookKind.Good, WebhookKind.UnknownMethod),
            new(unrouted, new Random(seed + 3), WebhookKind.Good, WebhookKind.Good, WebhookKind.BadSignature),
            new(narrow, new Random(seed + 4), WebhookKind.Good, WebhookKind.TooLarge, WebhookKind.BadSignature, WebhookKind.UnknownMethod),
        ];
    }

    private async Task KillAsync(HubProcess hub, Random random)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var kill = 0; kill < Kills.Length; kill++)
        {
            // The random moment of the kill is what is being tested.
            var share = (Load - Stopwatch.GetElapsedTime(begin)).TotalMilliseconds / (Kills.Length - kill);
            await Task.Delay(random.Next(200, Math.Max(300, (int)share)), TestContext.Current.CancellationToken);
            var killedAt = Stopwatch.GetTimestamp();
            if (Kills[kill])
            {
                await hub.WaitForPostmasterOtherThanAsync(hub.KillPostmaster());
            }
            else
            {
                await hub.KillAsync();
                await hub.StartAsync();
            }

            output.WriteLine($"{(Kills[kill] ? "PostgreSQL" : "hub")} killed: ready again after {Stopwatch.GetElapsedTime(killedAt)}");
        }

        // Load for as long as was asked for.
        var left = Load - Stopwatch.GetElapsedTime(begin);
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
    }

    /// <summary>The hub's books against the senders' books.</summary>
    private async Task CheckAsync(HubProcess hub, MixedTraffic mixed, LedgerEntry entry)
    {
        output.WriteLine(
            $"{mixed.Acknowledged.Count} acknowledged, {mixed.Aside.Count} said to be aside, {mixed.MaybeKept} unknown, answers: "
                + $"{string.Join(", ", mixed.Answers.OrderBy(pair => pair.Key))}"
        );
        output.WriteLine($"    {entry}");
        entry.AssertCloses();
        Assert.Equal(0, entry.InProgress);
        Assert.Equal(0, entry.Failed + entry.Cancelled);
        Assert.InRange(entry.Accepted, mixed.Acknowledged.Count, mixed.Acknowledged.Count + mixed.MaybeKept);
        Assert.True(entry.Quarantined + entry.Refused >= mixed.Aside.Count, $"{mixed.Aside.Count} were said to be kept aside: {entry}");
        await Parallel.ForEachAsync(mixed.Acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (pair, _) =>
        {
            using var delivery = await hub.GetAsync($"/api/v1/deliveries/{pair.Key}");
            Assert.Equal("accepted", delivery.RootElement.GetProperty("verdict").GetString());
            Assert.Equal(OutcomeOf(mixed.Source, pair.Value), delivery.RootElement.GetProperty("outcome").GetString());
        });
    }

    private static string OutcomeOf(TestSource source, int number) =>
        source.Name switch
        {
            "called" => "completed",
            "sifted" => MixedTraffic.IsWanted(number) ? "completed" : "filtered",
            _ => "unrouted",
        };

    /// <summary>Each way that a request can go was gone.</summary>
    private static void CheckKinds(IReadOnlyList<LedgerEntry> ledger, MixedTraffic[] traffic)
    {
        var entries = traffic.Select(mixed => ledger.Single(entry => entry.SourceId == mixed.Source.Id)).ToArray();
        var (called, sifted, unrouted, narrow) = (entries[0], entries[1], entries[2], entries[3]);
        Assert.Equal(called.Accepted, called.Completed);
        Assert.True(called is { Duplicate: > 0, Quarantined: > 0 }, called.ToString());
        Assert.Equal(sifted.Accepted, sifted.Completed + sifted.Filtered);
        Assert.True(sifted is { Completed: > 0, Filtered: > 0, Refused: > 0 }, sifted.ToString());
        Assert.Equal(unrouted.Accepted, unrouted.Unrouted);
        Assert.All(new[] { "body_too_large", "rate_limited", "method_not_allowed" }, reason =>
            Assert.True(narrow.RefusedFor.GetValueOrDefault(reason) > 0, $"nothing was refused for {reason}")
        );

        // One key, one delivery, also when its sender was answered by nobody and sent it again.
        var numbers = traffic[0].Acknowledged.Values.ToArray();
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }
}
