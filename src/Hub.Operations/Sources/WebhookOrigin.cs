using Hub.Engine.Intake;

namespace Hub.Operations.Sources;

/// <summary>Where senders reach the hub.</summary>
/// <param name="Url">Scheme, host and port, such as <c>https://hooks.example.com</c>.</param>
/// <param name="IsConfigured">Whether the hub was told so, rather than taking what its caller called.</param>
public sealed record WebhookOrigin(string Url, bool IsConfigured)
{
    /// <summary>The URL that a Source's sender calls.</summary>
    public string AddressOf(string token) => IncomingAddress.Of(Url, token);
}
