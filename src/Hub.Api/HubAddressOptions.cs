namespace Hub.Api;

/// <summary>Where the hub stands, section <c>Hub</c>.</summary>
public sealed class HubAddressOptions
{
    public const string Section = "Hub";

    /// <summary>How the world reaches the hub, such as <c>https://hooks.example.com</c>; as the caller addressed it unless given.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Where senders reach webhook addresses, when that is another origin; as <see cref="PublicUrl"/> unless given.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>Proxies, as CIDR, whose <c>X-Forwarded-For</c> is believed; none unless given.</summary>
    public string[] TrustedProxies { get; set; } = [];
}
