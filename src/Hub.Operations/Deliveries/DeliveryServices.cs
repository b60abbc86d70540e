using Microsoft.Extensions.DependencyInjection;

namespace Hub.Operations.Deliveries;

internal static class DeliveryServices
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services) =>
        services
            .AddSingleton<QuarantinedFields>()
            .AddSingleton<DeliveryViews>()
            .AddSingleton<DeliveryOperations>()
            .AddSingleton<DeliveryExport>()
            .AddSingleton<DeliveryReplayer>()
            .AddSingleton<DeliveryRelease>();
}
