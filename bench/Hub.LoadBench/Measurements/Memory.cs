using System.Diagnostics;
using Hub.LoadBench.Load;
using Hub.LoadBench.Servers;

namespace Hub.LoadBench.Measurements;

/// <summary>(memory) How much memory the hub holds, minute by minute, while webhooks come as fast as it takes them.</summary>
internal sealed class Memory(DatabaseServer database, HubServer hub, BenchOptions options)
{
    public const string Id = "memory";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private WebhookRequest? _request;

    public async Task PrepareAsync() => _request = await hub.AddSourceAsync("bench-memory", dedupe: null);

    public async Task<Measurement> RunAsync()
    {
        var idle = Megabytes();
        var before = await Costs.NowAsync(database, hub.Process.Id);
        var load = new HttpLoad(hub.Process.Address, _request!, options.Connections, expectedStatus: 202).RunAsync(TimeSpan.Zero, Minute * options.Minutes);
        var held = new List<long>();
        for (var started = Stopwatch.GetTimestamp(); held.Count < options.Minutes; )
        {
            var untilNext = (Minute * (held.Count + 1)) - Stopwatch.GetElapsedTime(started);
            if (untilNext > TimeSpan.Zero && await Task.WhenAny(load, Task.Delay(untilNext)) == load)
            {
                await load;
            }

            held.Add(Megabytes());
        }

        var result = await load;
        return (await Costs.NowAsync(database, hub.Process.Id)).ShareOut(
            new Measurement(Id, $"webhooks for {options.Minutes} min, {options.Connections} connections", result.PerSecond)
            {
                P50 = result.Percentile(0.5),
                P99 = result.Percentile(0.99),
                Note =
                    $"the hub holds {idle} MB before, then after each minute {string.Join(", ", held)} MB; {result.Acknowledged} acknowledged, "
                    + $"{result.Refused} refused",
            },
            before,
            result.Acknowledged
        );
    }

    /// <summary>What the process has of the machine's memory, in units of 2^20 bytes.</summary>
    private long Megabytes()
    {
        using var process = Process.GetProcessById(hub.Process.Id);
        return process.WorkingSet64 >> 20;
    }
}
