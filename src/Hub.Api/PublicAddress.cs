namespace Hub.Api;

/// <summary>The address under which the world reaches the hub: <c>Hub:PublicUrl</c>, else as the caller addressed it.</summary>
internal sealed class PublicAddress(IConfiguration configuration)
{
    private readonly string? _configured = configuration["Hub:PublicUrl"] is { } url && !string.IsNullOrWhiteSpace(url) ? url.TrimEnd('/') : null;

    public string Of(HttpRequest request) => _configured ?? $"{request.Scheme}://{request.Host}";

    /// <summary>The URL the sender called, for schemes that sign it.</summary>
    public string CalledUrl(HttpRequest request) => Of(request) + request.Path + request.QueryString;
}
