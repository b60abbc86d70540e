namespace Hub.Signatures;

/// <summary>The port of a URL, which some providers sign and some leave out.</summary>
internal static class UrlPort
{
    /// <summary>The URL without its port, or with the scheme's usual one when it has none; the rest stays as written. Null for what is no such URL.</summary>
    public static string? Other(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3 || !url.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var length = url.AsSpan(start).IndexOfAny('/', '?', '#');
        var end = length < 0 ? url.Length : start + length;
        var host = url.AsSpan(start, end - start);
        var colon = host[(host.IndexOf(']') + 1)..].LastIndexOf(':');
        return colon < 0
            ? url.Insert(end, url.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80")
            : url.Remove(start + host.LastIndexOf(':'), end - start - host.LastIndexOf(':'));
    }
}
