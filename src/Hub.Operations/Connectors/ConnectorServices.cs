using Microsoft.Extensions.DependencyInjection;

namespace Hub.Operations.Connectors;

internal static class ConnectorServices
{
    public static IServiceCollection AddConnectors(this IServiceCollection services) => services.AddSingleton<ConnectorOperations>();
}
