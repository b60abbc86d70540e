using Hub.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.TestHost;

/// <summary>The hub as Program composes it, in this process, on a real port of loopback.</summary>
internal sealed class HubFactory : WebApplicationFactory<Program>
{
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly LogLines _log;
    private readonly TimeProvider _machine;

    public HubFactory(IReadOnlyDictionary<string, string> settings, LogLines log, TimeProvider machine)
    {
        (_settings, _log, _machine) = (settings, log, machine);
        UseKestrel(0);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_log));
        builder.ConfigureServices(services => services.AddKeyedSingleton(StorageServices.MachineClock, _machine));
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }
    }
}
