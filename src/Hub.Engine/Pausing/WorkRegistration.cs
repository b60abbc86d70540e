using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Hub.Engine.Pausing;

internal static class WorkRegistration
{
    /// <summary>Adds a service that begins work on its own, to be started and stopped by <see cref="WorkServices"/>, in the order of registration.</summary>
    public static void AddWork<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.TryAddSingleton<T>();
        services.AddSingleton(new WorkService(typeof(T)));
    }
}
