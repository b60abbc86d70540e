using Hub.Operations.Analytics;
using Hub.Operations.Connectors;
using Hub.Operations.Credentials;
using Hub.Operations.DeadLetters;
using Hub.Operations.Deliveries;
using Hub.Operations.Executions;
using Hub.Operations.Sources;
using Hub.Operations.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Operations;

public static class OperationServices
{
    /// <summary>What people may do, for every door.</summary>
    public static IServiceCollection AddHubOperations(this IServiceCollection services) =>
        services.AddWorkflows().AddSources().AddDeliveries().AddExecutions().AddDeadLetters().AddConnectors().AddCredentials().AddAnalytics();
}
