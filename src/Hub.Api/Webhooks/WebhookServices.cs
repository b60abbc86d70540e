namespace Hub.Api.Webhooks;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services.AddSingleton<WebhookReceiver>().AddSingleton<SenderAddress>().AddSingleton<DeliveryAnswers>();
}
