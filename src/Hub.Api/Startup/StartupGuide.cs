using Hub.Api.Auth;
using Hub.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hub.Api.Startup;

/// <summary>Says where to look and what to try, once the hub takes requests.</summary>
internal sealed class StartupGuide(IServer server, AdminKey adminKey, SampleWorkflow sample, HubDatabase database) : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken) => sample.EnsureAsync(cancellationToken);

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        address = address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
        var lines = new List<string>
        {
            "",
            $"  FlowPilot is ready at {address}",
            $"  Try the API           {address}/docs",
            $"  Health                {address}/health",
            $"  Database              {(database.IsEmbedded ? "its own PostgreSQL, started with the hub" : "the configured PostgreSQL")}",
        };
        if (adminKey.NewlyMade is { } key)
        {
            lines.Add($"  Admin key             {key}");
            lines.Add("                        (shown this once: keep it, or set Hub__AdminKey to one of your own)");
        }

        if (await sample.CurlAsync(address, cancellationToken) is { } curl)
        {
            lines.Add("");
            lines.Add("  Send a signed webhook to the sample workflow, then open the statusUrl it answers:");
            lines.Add("");
            lines.Add(curl);
        }

        lines.Add("");
        Console.WriteLine(string.Join(Environment.NewLine, lines));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
