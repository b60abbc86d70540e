using Microsoft.Extensions.DependencyInjection;

namespace Hub.Operations.Executions;

internal static class ExecutionServices
{
    public static IServiceCollection AddExecutions(this IServiceCollection services) =>
        services.AddSingleton<ExecutionViews>().AddSingleton<ExecutionOperations>();
}
