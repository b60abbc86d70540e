using Microsoft.Extensions.Options;

namespace Hub.Api;

/// <summary>The address under which the world reaches the hub: <c>Hub:PublicUrl</c>, else as the caller addressed it.</summary>
internal sealed class PublicAddress(IOptions<HubAddressOptions> options)
{
    private readonly string? _configured = options.Value.PublicUrl is { } url && !string.IsNullOrWhiteSpace(url) ? url.TrimEnd('/') : null;

    /// <summary>Whether the address is set, and so independent of what a caller says.</summary>
    public bool IsConfigured => _configured is not null;

    public string Of(HttpRequest request) => _configured ?? $"{request.Scheme}://{request.Host}";

    /// <summary>The URL the sender called. For schemes that sign it only if <see cref="IsConfigured"/>: a caller chooses the host it names.</summary>
    public string CalledUrl(HttpRequest request) => Of(request) + request.Path + request.QueryString;
}
