using Hub.LoadBench.Load;
using Hub.LoadBench.Servers;

namespace Hub.LoadBench.Measurements;

/// <summary>(a) What Kestrel alone answers to the same requests.</summary>
internal sealed class BareHttp(ServerProcess server, string secret, BenchOptions options)
{
    public static async Task<BareHttp> StartAsync(BenchOptions options)
    {
        var (address, secret) = (ServerProcess.FreeAddress(), HubServer.NewSecret());
        var self = Path.Combine(AppContext.BaseDirectory, "Hub.LoadBench.dll");
        var server = await ServerProcess.StartAsync(
            address,
            self,
            [BareServer.Verb, $"{address.Port}", secret],
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        return new BareHttp(server, secret, options);
    }

    public Task<Measurement> SignedAsync() => RunAsync("a-hmac", "bare Kestrel, HMAC checked", "/signed");

    public Task<Measurement> UnsignedAsync() => RunAsync("a", "bare Kestrel", "/unsigned");

    public ValueTask StopAsync() => server.DisposeAsync();

    private async Task<Measurement> RunAsync(string id, string name, string path)
    {
        var load = new HttpLoad(
            server.Address,
            WebhookRequest.Create(server.Address, path, secret, isNewEachTime: false),
            options.Connections,
            expectedStatus: 202
        );
        await load.RunAsync(options.WarmUp, TimeSpan.Zero);
        var before = ProcessorTime.OfProcess(server.Id);
        var result = await load.RunAsync(TimeSpan.Zero, options.Time);
        return new Measurement(id, $"{name}, {options.Connections} connections", result.PerSecond)
        {
            P50 = result.Percentile(0.5),
            P99 = result.Percentile(0.99),
            ServerMicros = (ProcessorTime.OfProcess(server.Id) - before) / result.Acknowledged,
            Note = result.Refused == 0 ? null : $"{result.Refused} refused",
        };
    }
}
