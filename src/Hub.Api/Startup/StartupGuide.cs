using Hub.Api.Auth;
using Hub.Routing.Templates.Functions;
using Hub.Storage;
using Hub.Storage.Embedded;
using Hub.Storage.Pausing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hub.Api.Startup;

/// <summary>Says where to look and what to try, once the hub takes requests. Whatever goes wrong with that, the hub runs on.</summary>
internal sealed partial class StartupGuide(
    IServer server,
    AdminKey adminKey,
    SampleWorkflow sample,
    HubDatabase database,
    IConfiguration configuration,
    HubPause pause,
    TimeProvider time,
    ILogger<StartupGuide> logger
) : IHostedLifecycleService, IDisposable
{
    /// <summary>How long the welcome waits for the sample; a later one is told by itself.</summary>
    private static readonly TimeSpan SamplePatience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!Zones.AreKnown)
        {
            Log.NoZones(logger);
        }

        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        address = address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
        var curl = TryMakeSampleAsync(address);
        await ((Task)curl.WaitAsync(SamplePatience, time, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Say([.. Welcome(address), .. curl.IsCompleted ? SampleLines(await curl) : []]);
        if (!curl.IsCompleted)
        {
            _ = TellLaterAsync(curl);
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Welcome(string address)
    {
        yield return "";
        yield return $"  FlowPilot is ready at {address}";
        yield return $"  Try the API           {address}/docs";
        yield return $"  Health                {address}/health";
        yield return $"  Database              {(database.IsEmbedded ? "its own PostgreSQL, started with the hub" : "the configured PostgreSQL")}";
        yield return $"  Data directory        {HubDataDirectory.PathOf(configuration["Hub:DataDirectory"])}";
        if (pause.Reason is { } reason)
        {
            yield return $"  PAUSED                {reason}: it receives and runs nothing";
            yield return $"                        until curl -X POST -H \"Authorization: Bearer $KEY\" {address}/api/v1/resume";
        }

        var earlier = adminKey.IsConfigured ? "as set by Hub__AdminKey" : "the one printed at the first start";
        yield return $"  Admin key             {adminKey.NewlyMade ?? earlier}";
        if (!adminKey.IsConfigured)
        {
            var note = adminKey.NewlyMade is null ? "only a hash of it is kept: if it is lost," : "shown this once: keep it, or";
            yield return $"                        ({note} set Hub__AdminKey to one of your own)";
        }
    }

    private static IEnumerable<string> SampleLines(string? curl) =>
        curl is null ? [""] : ["", "  Send a signed webhook to the sample workflow, then open the statusUrl it answers:", "", curl, ""];

    /// <summary>The request to try; null but at the first start.</summary>
    private async Task<string?> TryMakeSampleAsync(string address)
    {
        try
        {
            // Not on the caller's time: the start does not wait for all of it.
            await Task.Yield();
            return pause.IsPaused ? null : await sample.EnsureAsync(address, _stopping.Token);
        }
#pragma warning disable CA1031 // The hub is of use without its sample.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_stopping.IsCancellationRequested)
            {
                Log.NoSample(logger, exception.Message);
            }

            return null;
        }
    }

    private static async Task TellLaterAsync(Task<string?> curl)
    {
        if (await curl is { } found)
        {
            Say(SampleLines(found));
        }
    }

    private static void Say(IEnumerable<string> lines) => Console.WriteLine(string.Join(Environment.NewLine, lines));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The sample workflow could not be made or shown; everything else runs: {Reason}")]
        public static partial void NoSample(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Warning, "This machine has no data of time zones: date.in_zone knows UTC alone. Install the package tzdata")]
        public static partial void NoZones(ILogger logger);
    }
}
