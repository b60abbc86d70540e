using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Hub.EndToEnd;

/// <summary>What is let out of quarantine comes out once: whoever is killed meanwhile, and however often it is asked for.</summary>
public sealed class ReleaseTests(ITestOutputHelper output)
{
    private const string OldSecret = "the secret before";
    private const string NewSecret = "the secret of today";
    private const int Requests = 600;
    private const int Kills = 5;

    /// <summary>The kill that is of PostgreSQL, counted from 0; the others are of the hub.</summary>
    private const int KillOfPostgres = 2;

    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Release_HubAndPostgresKilledMeanwhile_EachRequestEndsUpOnce()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var since = TimeProvider.System.GetUtcNow();
        await using var receiver = await CallReceiver.StartAsync();
        await using var hub = new HubProcess(("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"));
        await hub.StartAsync();
        var source = await SetUpAsync(hub, receiver.Address);
        var aside = await FillQuarantineAsync(source);
        using var mended = await hub.PutAsync($"/api/v1/sources/{source.Id}", Settings(OldSecret, NewSecret));

        var audit = new LedgerAudit(hub, since);
        using var stop = new CancellationTokenSource();
        var auditing = audit.RunAsync(TimeSpan.FromMilliseconds(250), stop.Token);
        using var releases = new Releases(hub, aside.Keys);
        var releasing = releases.RunAsync(workers: 4);
        for (var kill = 0; kill < Kills; kill++)
        {
            await releases.WaitForAsync(aside.Count / (Kills + 1));

            // The random moment of the kill is what is being tested.
            await Task.Delay(random.Next(20), TestContext.Current.CancellationToken);
            if (kill == KillOfPostgres)
            {
                await hub.WaitForPostmasterOtherThanAsync(hub.KillPostmaster());
            }
            else
            {
                await hub.KillAsync();
                await hub.StartAsync();
            }
        }

        await releasing;
        await stop.CancelAsync();
        await auditing;
        output.WriteLine(
            $"answers to {aside.Count} requests: {string.Join(", ", releases.Answers.OrderBy(pair => pair.Key))}; {releases.CutOff} were cut off; the "
                + $"ledger answered {audit.Answers} times"
        );
        Assert.True(releases.CutOff > 0, "no release was cut off: too few to prove anything");
        Assert.Empty(releases.ToldTwice);
        await hub.WaitUntilSettledAsync();
        await CheckAsync(hub, source, aside);
        await receiver.WaitForAllAsync([.. aside.Values.Where(IsSigned).Distinct()], ArrivalLimit);
        Assert.All(receiver.Calls.Values, calls => Assert.Single(calls.Select(call => call.IdempotencyKey).Distinct()));

        var entry = (await LedgerEntry.ReadAsync(hub, since, TestContext.Current.CancellationToken)).Single();
        output.WriteLine($"{entry}");
        entry.AssertCloses();
        Assert.Equal((aside.Count, 0, 0), (entry.Received, entry.Refused, entry.InProgress));
        Assert.Equal(aside.Values.Count(number => !IsSigned(number)), entry.Quarantined);
        Assert.Equal(aside.Values.Where(IsSigned).Distinct().Count(), entry.Completed);
        Assert.Equal(entry.Completed, entry.Accepted);
    }

    /// <summary>The others were signed by nobody we know, and stay.</summary>
    private static bool IsSigned(int number) => number % 15 != 0;

    private static object Settings(params string[] secrets) =>
        new
        {
            name = "mended",
            dedupe = "header:X-GitHub-Delivery",
            signature = new { scheme = "github", secrets },
        };

    private static async Task<TestSource> SetUpAsync(HubProcess hub, string receiver)
    {
        using var source = await hub.PostAsync("/api/v1/sources", Settings(NewSecret));
        await hub.ActivateCallAsync("mended", receiver);
        return new TestSource(source.RootElement.GetProperty("id").GetGuid(), "mended", source.RootElement.GetProperty("url").GetString()!, OldSecret);
    }

    /// <summary>The numbers sent, by the id under which each lies aside. Every tenth number comes twice, so that one of the two will be a duplicate.</summary>
    private static async Task<ConcurrentDictionary<string, int>> FillQuarantineAsync(TestSource source)
    {
        var aside = new ConcurrentDictionary<string, int>();
        using var client = new HttpClient();
        var numbers = Enumerable.Range(1, Requests).SelectMany(number => number % 10 == 1 ? [number, number] : new[] { number });
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, cancellation) =>
        {
            var secret = IsSigned(number) ? source.Secret : "nobody's secret";
            using var request = SignedWebhook.Of(source.Url, secret, Encoding.UTF8.GetBytes($$"""{"n":{{number}}}"""), $"mended-{number}");
            using var response = await client.SendAsync(request, cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            aside[problem.RootElement.GetProperty("deliveryId").GetString()!] = number;
        });
        return aside;
    }

    /// <summary>Every request is there once, as what it must be by now.</summary>
    private static async Task CheckAsync(HubProcess hub, TestSource source, ConcurrentDictionary<string, int> aside)
    {
        var verdicts = new List<(string Id, string Verdict, int Executions)>();
        string? cursor = null;
        do
        {
            using var page = await hub.GetAsync($"/api/v1/deliveries?source={source.Id}&limit=100{(cursor is null ? "" : $"&cursor={cursor}")}");
            verdicts.AddRange(
                page.RootElement.GetProperty("items")
                    .EnumerateArray()
                    .Select(item =>
                        (item.GetProperty("id").GetString()!, item.GetProperty("verdict").GetString()!, item.GetProperty("executions").GetArrayLength())
                    )
            );
            cursor = page.RootElement.GetProperty("next").GetString();
        } while (cursor is not null);

        Assert.Equal(aside.Keys.Order(StringComparer.Ordinal), verdicts.Select(verdict => verdict.Id).Order(StringComparer.Ordinal));
        foreach (var (number, those) in verdicts.GroupBy(verdict => aside[verdict.Id]).Select(group => (group.Key, group.ToArray())))
        {
            if (IsSigned(number))
            {
                Assert.Equal(1, Assert.Single(those, one => one.Verdict == "accepted").Executions);
                Assert.All(those, one => Assert.True(one is { Verdict: "accepted" } or { Verdict: "duplicate", Executions: 0 }, $"{number} is {one}"));
            }
            else
            {
                Assert.All(those, one => Assert.Equal(("bad_signature", 0), (one.Verdict, one.Executions)));
            }
        }
    }

    /// <summary>Asks for every release, by two at once, again and again until each was answered.</summary>
    private sealed class Releases(HubProcess hub, IEnumerable<string> ids) : IDisposable
    {
        private readonly ConcurrentQueue<string> _left = new(ids);
        private readonly ConcurrentDictionary<string, int> _released = new();
        private readonly ConcurrentDictionary<int, int> _answers = new();
        private readonly SemaphoreSlim _answered = new(0);
        private int _cutOff;

        /// <summary>How often each status was answered.</summary>
        public IReadOnlyDictionary<int, int> Answers => _answers;

        /// <summary>How many were sent and not answered.</summary>
        public int CutOff => _cutOff;

        /// <summary>Those whose release was confirmed to more than one.</summary>
        public IEnumerable<string> ToldTwice => _released.Where(pair => pair.Value > 1).Select(pair => pair.Key);

        public Task RunAsync(int workers) => Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync()));

        /// <summary>Returns when so many more have been answered.</summary>
        public async Task WaitForAsync(int more)
        {
            for (var answer = 0; answer < more; answer++)
            {
                Assert.True(await _answered.WaitAsync(ArrivalLimit), "the releases stand still");
            }
        }

        public void Dispose() => _answered.Dispose();

        private async Task WorkAsync()
        {
            while (_left.TryDequeue(out var id))
            {
                var answers = await Task.WhenAll(ReleaseAsync(id), ReleaseAsync(id));
                if (Array.TrueForAll(answers, answer => answer))
                {
                    _answered.Release();
                }
                else
                {
                    // The hub is away for a moment: nothing is gained by asking it at once.
                    await Task.Delay(20);
                    _left.Enqueue(id);
                }
            }
        }

        /// <summary>False when it has to be asked again.</summary>
        private async Task<bool> ReleaseAsync(string id)
        {
            try
            {
                // With a body, even an empty one, the client does not send it again by itself when the connection breaks.
                using var nothing = new ByteArrayContent([]);
                using var response = await hub.Api.PostAsync($"/api/v1/deliveries/{id}/release", nothing);
                _answers.AddOrUpdate((int)response.StatusCode, 1, static (_, count) => count + 1);
                switch (response.StatusCode)
                {
                    case HttpStatusCode.OK:
                        _released.AddOrUpdate(id, 1, static (_, count) => count + 1);
                        return true;
                    case HttpStatusCode.NotFound or HttpStatusCode.Conflict:
                        return true;
                    case HttpStatusCode.ServiceUnavailable:
                        return false;
                    default:
                        Assert.Fail($"{id}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                        return false;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                if (exception is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
                {
                    Interlocked.Increment(ref _cutOff);
                }

                return false;
            }
        }
    }
}
