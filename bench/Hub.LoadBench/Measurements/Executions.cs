using System.Diagnostics;
using Hub.LoadBench.Load;
using Hub.LoadBench.Servers;
using Npgsql;

namespace Hub.LoadBench.Measurements;

/// <summary>(d) Whole executions, webhook -> if -> set -> http.request: from the first webhook until the stand-in had the last call.</summary>
internal sealed class Executions(DatabaseServer database, HubServer hub, StandIn standIn, string hubDatabase, BenchOptions options)
{
    private const string Source = "bench-chain";
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private WebhookRequest? _request;

    public async Task PrepareAsync()
    {
        _request = await hub.AddSourceAsync(Source, dedupe: null);
        await hub.AddChainAsync(Source, standIn.Url);
    }

    public async Task<Measurement> RunAsync()
    {
        await WarmUpAsync(options.WarmUp);
        return (await MeasureAsync()).Measurement;
    }

    /// <summary>Executions that are not counted, until all of them are recorded.</summary>
    public async Task WarmUpAsync(TimeSpan time)
    {
        standIn.Reset();
        await CallsArrivedAsync(await Load().RunAsync(TimeSpan.Zero, time));
        await SettledAsync();
    }

    /// <summary>One round without a warm-up, and how many executions it had.</summary>
    public async Task<(Measurement Measurement, int Executions)> MeasureAsync()
    {
        standIn.Reset();
        var before = await Costs.NowAsync(database, hub.Process.Id);
        var started = Stopwatch.GetTimestamp();
        var result = await Load().RunAsync(TimeSpan.Zero, options.Time);
        var behind = result.Acknowledged - standIn.Callers;
        await CallsArrivedAsync(result);
        var elapsed = Stopwatch.GetElapsedTime(started, standIn.LastCallAt);
        await SettledAsync();
        var after = await Costs.NowAsync(database, hub.Process.Id);
        var measured = new Measurement("d", $"executions end to end, {options.Connections} connections", standIn.Callers / elapsed.TotalSeconds)
        {
            Note =
                $"{result.Acknowledged} acknowledged at {result.PerSecond:0}/s, {standIn.Callers} executions called ({standIn.Calls} calls), {behind} "
                + "behind when sending ended",
        };
        return (after.ShareOut(measured, before, result.Acknowledged), result.Acknowledged);
    }

    private HttpLoad Load() => new(hub.Process.Address, _request!, options.Connections, expectedStatus: 202);

    private async Task CallsArrivedAsync(LoadResult sent)
    {
        var (last, since) = (-1, Stopwatch.GetTimestamp());
        while (standIn.Callers < sent.Acknowledged)
        {
            if (standIn.Callers != last)
            {
                (last, since) = (standIn.Callers, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(since) > LongestSilence)
            {
                throw new TimeoutException($"{sent.Acknowledged} webhooks were acknowledged, but only {standIn.Callers} executions called.");
            }

            await Task.Delay(2);
        }
    }

    /// <summary>Waits until every execution is recorded as completed. Asks by index, as it counts in what the database spends.</summary>
    private async Task SettledAsync()
    {
        await using var connection = new NpgsqlConnection(hubDatabase);
        await connection.OpenAsync();
        await using (var byIndex = new NpgsqlCommand("SET enable_seqscan = off", connection))
        {
            await byIndex.ExecuteNonQueryAsync();
        }

        await using var open = new NpgsqlCommand(
            """
            SELECT (SELECT count(*) FROM hub.executions WHERE wake_at IS NOT NULL) + (SELECT count(*) FROM hub.executions WHERE lease_node IS NOT NULL)
                 + (SELECT count(*) FROM hub.executions WHERE status = 'failed')
            """,
            connection
        );
        for (var started = Stopwatch.GetTimestamp(); (long)(await open.ExecuteScalarAsync())! > 0; )
        {
            if (Stopwatch.GetElapsedTime(started) > LongestSilence)
            {
                throw new TimeoutException("Some executions were not completed.");
            }

            await Task.Delay(50);
        }
    }
}
