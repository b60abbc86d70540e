using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Hub.EndToEnd;

/// <summary>A hub with the settings for 512 MiB stays within them, whatever sixteen senders and called services send at once.</summary>
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const string Secret = "memory-test-secret";
    private const int AtOnce = 16;
    private const long MostMegabytes = 512;

    /// <summary>What may stay, in megabytes: code that was compiled, connections, caches.</summary>
    private const long MostLeft = 64;

    /// <summary>How long it is waited for what must be given back, in seconds; it is not looked at unless this is set, as pools take their time.</summary>
    private static readonly string? GivenBackWithin = Environment.GetEnvironmentVariable("FLOWPILOT_MEMORY_SECONDS");

    private static readonly (string, string)[] Settings =
    [
        ("DOTNET_GCHeapHardLimit", "0x14000000"),
        ("DOTNET_GCConserveMemory", "5"),
        ("Hub__Engine__MaxLarge", "2"),
        ("Hub__Engine__Concurrency", "16"),
        ("Hub__Outbound__MaxLargeAnswers", "2"),
        ("Hub__Engine__MaxLeasedBytes", "33554432"),
        ("Hub__Intake__MaxBodyBytesInWork", "67108864"),
        ("Hub__Inbox__MaxWaitingBytes", "33554432"),
        ("Hub__Outbound__AllowedNetworks__0", "127.0.0.0/8"),
    ];

    [Fact]
    public async Task Hub_SixteenHostileBodiesAndAnswersAtOnce_StaysWithinItsMemory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "memory is read where Linux tells it");
        await using var answers = await HostileAnswers.StartAsync();
        await using var hub = new HubProcess(Settings);
        await hub.StartAsync();
        var work = new List<(TestSource Source, byte[] Body)>();
        foreach (var (name, body, steps) in Cases(answers.Address))
        {
            var source = await hub.AddSourceAsync(name, Secret);
            await hub.ActivateAsync(
                new
                {
                    schema = "flowpilot/v1",
                    name,
                    trigger = new { type = "webhook", source = name },
                    steps,
                }
            );
            work.Add((source, Encoding.UTF8.GetBytes(body)));
        }

        var idle = ProcessMemory.Now(hub.Id);
        ProcessMemory.ForgetPeak(hub.Id);
        using var client = new HttpClient();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => SendAsync(client, work[i % work.Count].Source, work[i % work.Count].Body)));
        await hub.WaitUntilSettledAsync();
        output.WriteLine($"idle {idle} MiB, peak {ProcessMemory.Peak(hub.Id)} MiB");
        Assert.InRange(ProcessMemory.Peak(hub.Id), 0, MostMegabytes);
        await CheckEndsAsync(hub);
        if (int.TryParse(GivenBackWithin, CultureInfo.InvariantCulture, out var seconds))
        {
            await WaitUntilGivenBackAsync(hub, idle + MostLeft, TimeSpan.FromSeconds(seconds));
        }
    }

    /// <summary>A hub that has become quiet looks several times for what it can give back.</summary>
    private async Task WaitUntilGivenBackAsync(HubProcess hub, long most, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (ProcessMemory.Now(hub.Id) > most && TimeProvider.System.GetElapsedTime(started) < patience)
        {
            // Memory signals nothing.
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        output.WriteLine($"{ProcessMemory.Now(hub.Id)} MiB after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
        Assert.InRange(ProcessMemory.Now(hub.Id), 0, most);
    }

    private static IEnumerable<(string Name, string Body, object[] Steps)> Cases(string service)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"email\":", 200));
        var text = $$"""{"t":"{{new string('x', 1_000_000)}}"}""";
        yield return ("paths", $"{nested}\"{new string('x', 975_000)}\"{new string('}', 200)}", [Set("a", new { x = Path("$.trigger.body..email") })]);
        yield return (
            "dense-paths",
            $"{nested}[1{string.Concat(Enumerable.Repeat(",1", 480_000))}]{new string('}', 200)}",
            [Set("a", new { x = Path("$.trigger.body..email") })]
        );
        yield return (
            "loop",
            $$"""{"t":"{{string.Concat(Enumerable.Repeat("\\\"", 500_000))}}"}""",
            [Set("a", new { x = "{{ for i in 1..99; trigger.body.t; end }}" })]
        );
        yield return (
            "chain",
            text,
            [
                Set("s0", new { a = Path("$.trigger.body") }),
                .. Enumerable.Range(1, 12).Select(i => Set($"s{i}", new { a = Path("$.steps.s0.output"), b = Path("$.steps.s0.output") }, $"s{i - 1}")),
            ]
        );
        foreach (var path in HostileAnswers.Paths)
        {
            yield return (
                path[1..],
                "{}",
                [
                    new
                    {
                        id = "a",
                        type = "http.request",
                        with = new { url = service + path },
                        retry = new { attempts = 1 },
                    },
                ]
            );
        }
    }

    private static object Set(string id, object with, params string[] after) =>
        new
        {
            id,
            type = "set",
            after,
            with,
        };

    private static Dictionary<string, object> Path(string path) => new() { ["$path"] = path };

    private static async Task SendAsync(HttpClient client, TestSource source, byte[] body)
    {
        using var request = SignedWebhook.Of(source.Url, source.Secret, body);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    /// <summary>Each came to an end of its own: what is too large says so, and nothing was an error of the hub.</summary>
    private static async Task CheckEndsAsync(HubProcess hub)
    {
        using var page = await hub.GetAsync($"/api/v1/executions?limit={2 * AtOnce}");
        var ends = page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).ToList();
        Assert.Equal(AtOnce, ends.Count);
        foreach (var id in ends)
        {
            var json = await hub.Api.GetStringAsync($"/api/v1/executions/{id}");
            using var execution = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            var error = execution.RootElement.GetProperty("error");
            Assert.True(
                execution.RootElement.GetProperty("status").GetString() == "completed" || error.GetProperty("code").GetString() == "too_large",
                error.ToString()
            );
        }
    }
}
