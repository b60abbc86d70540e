using Hub.Connectors.BuiltIn.Http;
using Hub.Connectors.BuiltIn.Slack;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Hub.Connectors;

/// <summary>Registers this room.</summary>
public static class HubConnectors
{
    /// <summary>Connectors and guarded outgoing HTTP. Reads <c>Hub:Outbound</c> and <c>Hub:Connectors:*</c>, checked on start.</summary>
    public static IServiceCollection AddHubConnectors(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddGuardedHttp(configuration)
            .AddConnectorOptions<SlackOptions>(configuration, SlackOptions.Section)
            .AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>()
            .AddSingleton<IConnector, HttpConnector>()
            .AddSingleton<IConnector, SlackConnector>()
            .AddSingleton<ConnectorRegistry>();

    private static IServiceCollection AddGuardedHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(OwnPorts.None);
        return services
            .AddConnectorOptions<OutboundOptions>(configuration, OutboundOptions.Section)
            .AddSingleton<IValidateOptions<OutboundOptions>, OutboundOptionsValidator>()
            .AddSingleton<OutboundGuard>()
            .AddSingleton<GuardedHttpClient>();
    }

    private static IServiceCollection AddConnectorOptions<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
