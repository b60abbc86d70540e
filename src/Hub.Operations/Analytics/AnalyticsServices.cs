using Microsoft.Extensions.DependencyInjection;

namespace Hub.Operations.Analytics;

internal static class AnalyticsServices
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services) =>
        services.AddSingleton<OutcomeOperations>().AddSingleton<LedgerOperations>();
}
