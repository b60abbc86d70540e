namespace Hub.Connectors.Http;

/// <summary>What may be called.</summary>
public static class UrlRules
{
    /// <summary>A sentence that says what is wrong with an address, without repeating it; null when it may be called.</summary>
    public static string? ErrorOf(Uri url) =>
        !url.IsAbsoluteUri ? "The URL is not absolute."
        : url.Scheme is not ("http" or "https") ? "The URL's scheme is neither http nor https."
        : url.UserInfo.Length > 0 ? "The URL holds a user name or password; put them into a credential."
        : url.Host.Length == 0 ? "The URL has no host."
        : null;
}
