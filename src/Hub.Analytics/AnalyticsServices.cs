using Hub.Analytics.Ledger;
using Hub.Analytics.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Analytics;

public static class AnalyticsServices
{
    /// <summary>What happened, from the rows and the counts.</summary>
    public static IServiceCollection AddHubAnalytics(this IServiceCollection services) =>
        services.AddSingleton<WorkflowStatistics>().AddSingleton<ConservationLedger>();
}
