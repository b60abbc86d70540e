using Hub.Connectors.Http;

namespace Hub.Api.Startup;

internal static class StartupServices
{
    public static IServiceCollection AddStartup(this IServiceCollection services)
    {
        services.AddSingleton<SampleWorkflow>();
        services.AddSingleton(static provider => new OwnPorts(() => ListeningPorts.Of(provider)));
        services.AddHostedService<SecondSignal>();
        services.AddHostedService<StartupGuide>();
        return services;
    }
}
