using Hub.Connectors.BuiltIn.Http;
using Hub.Connectors.BuiltIn.Slack;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Fields.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Connectors;

/// <summary>Registers this room.</summary>
public static class HubConnectors
{
    /// <summary>Connectors and guarded outgoing HTTP. Reads <c>Hub:Outbound</c> and <c>Hub:Connectors:*</c>, checked on start.</summary>
    public static IServiceCollection AddHubConnectors(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHubOptions<OutboundOptions, OutboundOptionsValidator>(configuration, OutboundOptions.Section);
        services.AddHubOptions<SlackOptions, SlackOptionsValidator>(configuration, SlackOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(OwnPorts.None);
        return services
            .AddSingleton<OutboundGuard>()
            .AddSingleton<GuardedHttpClient>()
            .AddSingleton<IConnector, HttpConnector>()
            .AddSingleton<IConnector, SlackConnector>()
            .AddSingleton<ConnectorRegistry>();
    }
}
