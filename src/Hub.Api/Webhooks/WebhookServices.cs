namespace Hub.Api.Webhooks;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services
            .AddSingleton<WebhookReceiver>()
            .AddSingleton<Admission>()
            .AddSingleton<SenderAddress>()
            .AddSingleton<Handshakes>()
            .AddSingleton<DeliveryAnswers>()
            .AddSingleton<WaitingRoom>();
}
