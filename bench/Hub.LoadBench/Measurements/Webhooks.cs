using Hub.LoadBench.Load;
using Hub.LoadBench.Servers;

namespace Hub.LoadBench.Measurements;

/// <summary>(c) Webhooks that the hub acknowledged: signature checked, delivery committed and flushed, no workflow attached.</summary>
internal sealed class Webhooks(DatabaseServer database, HubServer hub, BenchOptions options)
{
    private WebhookRequest? _plain;
    private WebhookRequest? _deduplicated;

    public async Task PrepareAsync()
    {
        _plain = await hub.AddSourceAsync("bench", dedupe: null);
        _deduplicated = await hub.AddSourceAsync("bench-dedupe", "header:X-GitHub-Delivery");
    }

    public Task<Measurement> RunAsync(int connections) => RunAsync($"c{connections}", "webhooks acknowledged", _plain!, connections);

    public Task<Measurement> RunDeduplicatedAsync(int connections) =>
        RunAsync($"c{connections}-dedupe", "the same, duplicates found", _deduplicated!, connections);

    private async Task<Measurement> RunAsync(string id, string name, WebhookRequest request, int connections)
    {
        var load = new HttpLoad(hub.Process.Address, request, connections, expectedStatus: 202);
        await load.RunAsync(options.WarmUp, TimeSpan.Zero);
        var before = await Costs.NowAsync(database, hub.Process.Id);
        var result = await load.RunAsync(TimeSpan.Zero, options.Time);
        return (await Costs.NowAsync(database, hub.Process.Id)).ShareOut(
            new Measurement(id, $"{name}, {connections} connections", result.PerSecond)
            {
                P50 = result.Percentile(0.5),
                P99 = result.Percentile(0.99),
                Note = result.Refused == 0 ? null : $"{result.Refused} refused",
            },
            before,
            result.Acknowledged
        );
    }
}
