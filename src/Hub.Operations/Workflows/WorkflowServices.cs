using Microsoft.Extensions.DependencyInjection;

namespace Hub.Operations.Workflows;

internal static class WorkflowServices
{
    public static IServiceCollection AddWorkflows(this IServiceCollection services) =>
        services
            .AddSingleton<StepCredentials>()
            .AddSingleton<WorkflowCheck>()
            .AddSingleton<WorkflowNeeds>()
            .AddSingleton<WorkflowOperations>()
            .AddSingleton<WorkflowVersions>()
            .AddSingleton<WorkflowStart>()
            .AddSingleton<SwitchedOffSteps>();
}
