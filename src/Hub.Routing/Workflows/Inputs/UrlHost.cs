namespace Hub.Routing.Workflows.Inputs;

/// <summary>What values in a URL may not do to its host and path.</summary>
internal static class UrlHost
{
    /// <summary>Stands for a value in the outline of a URL; a noncharacter, which no text holds.</summary>
    public const char Value = '\uFFFF';

    /// <summary>The authority of a URL: what stands between <c>://</c> and the path; null when there is none.</summary>
    public static string? Of(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start <= 0 || url.AsSpan(0, start).IndexOfAny("/?#\\") >= 0)
        {
            return null;
        }

        start += 3;
        var end = url.AsSpan(start).IndexOfAny("/?#\\");
        return end < 0 ? url[start..] : url.Substring(start, end);
    }

    /// <summary>Whether a value stands at the end of a host that begins with something else, and so decides whose host it is. A port may be a value.</summary>
    public static bool EndsInValue(string outline) => Of(outline) is { Length: > 1 } host && host[^1] == Value && host[^2] != ':';

    /// <summary>Why the URL made of a template and its values is refused; null when it is not.</summary>
    public static string? ErrorOf(string url)
    {
        if (Of(url) is { } host && host.Contains('%', StringComparison.Ordinal))
        {
            return "A value in the URL's host holds characters that a host cannot have.";
        }

        var end = url.AsSpan().IndexOfAny('?', '#');
        return url[..(end < 0 ? url.Length : end)].Split('/', '\\').Any(segment => segment is "." or "..")
            ? "A value makes a dot segment of the URL's path, which would lead elsewhere."
            : null;
    }
}
