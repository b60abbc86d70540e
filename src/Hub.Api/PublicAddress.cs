using Hub.Operations.Sources;
using Microsoft.Extensions.Options;

namespace Hub.Api;

/// <summary>The addresses under which the world reaches the hub: <c>Hub:PublicUrl</c> and <c>Hub:WebhookUrl</c>, else as the caller addressed it.</summary>
internal sealed class PublicAddress(IOptions<HubAddressOptions> options)
{
    private readonly string? _hub = Read(options.Value.PublicUrl);
    private readonly string? _webhooks = Read(options.Value.WebhookUrl) ?? Read(options.Value.PublicUrl);

    /// <summary>Whether the address of webhooks is set, and so independent of what a caller says.</summary>
    public bool IsConfigured => _webhooks is not null;

    public string Of(HttpRequest request) => _hub ?? AsCalled(request);

    /// <summary>Where senders call, which may be another origin than that of the API and its pages.</summary>
    public string OfWebhooks(HttpRequest request) => _webhooks ?? AsCalled(request);

    /// <summary>The same for operations, which speak of it.</summary>
    public WebhookOrigin OriginOf(HttpRequest request) => new(OfWebhooks(request), IsConfigured);

    /// <summary>The URL the sender called. For schemes that sign it only if <see cref="IsConfigured"/>: a caller chooses the host it names.</summary>
    public string CalledUrl(HttpRequest request) => OfWebhooks(request) + request.Path + request.QueryString;

    private static string AsCalled(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static string? Read(string? url) => string.IsNullOrWhiteSpace(url) ? null : url.TrimEnd('/');
}
