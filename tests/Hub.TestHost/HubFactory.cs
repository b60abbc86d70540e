using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace Hub.TestHost;

/// <summary>The hub as Program composes it, in this process, on a real port of loopback.</summary>
internal sealed class HubFactory : WebApplicationFactory<Program>
{
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly LogLines _log;

    public HubFactory(IReadOnlyDictionary<string, string> settings, LogLines log)
    {
        (_settings, _log) = (settings, log);
        UseKestrel(0);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(_log));
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }
    }
}
