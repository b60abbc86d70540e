namespace Hub.Signatures.Doctor;

/// <summary>The sender signed the address in another spelling than the one the hub believes to have.</summary>
internal static class UrlHypotheses
{
    private static readonly (string What, Func<SignedRequest, string, string?> Change)[] Changes =
    [
        ("with http instead of https, or the other way round", static (_, url) => Scheme(url)),
        ("with or without a slash at the end of the path", static (_, url) => Slash(url)),
        ("with or without the port", static (_, url) => UrlPort.Other(url)),
        ("with its query in another order", static (_, url) => SortedQuery(url)),
        ("without its query", static (_, url) => Cut(url, '?')),
        ("with the host of the Host header", static (request, url) => Host(url, request.Headers.Host.ToString())),
        ("with the host that a proxy named in X-Forwarded-Host", static (request, url) => Host(url, request.Headers["X-Forwarded-Host"].ToString())),
        ("with or without www.", static (_, url) => Www(url)),
        ("with its encoded characters written plainly", static (_, url) => url.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(url) : null),
        ("in lower case", static (_, url) => url.ToLowerInvariant()),
    ];

    public static IEnumerable<Hypothesis> Of(Refused refused)
    {
        if (!refused.SignsUrl || refused.Request.Url.Length > 8192)
        {
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal) { refused.Request.Url };
        var singles = new List<(string What, string Url)>();
        foreach (var (what, change) in Changes)
        {
            if (change(refused.Request, refused.Request.Url) is { } url && seen.Add(url))
            {
                singles.Add((what, url));
                yield return For(refused, what, url);
            }
        }

        foreach (var (first, url) in singles)
        {
            foreach (var (second, change) in Changes)
            {
                if (change(refused.Request, url) is { } both && seen.Add(both))
                {
                    yield return For(refused, $"{first}, and {second}", both);
                }
            }
        }
    }

    private static Hypothesis For(Refused refused, string what, string url) =>
        refused.With(
            SignatureCause.WrongUrl,
            $"The sender signed the address {what}. Enter the address at the sender exactly as the hub shows it, or set Hub__PublicUrl to what the sender "
                + "calls.",
            refused.Request with
            {
                Url = url,
            }
        );

    private static string? Scheme(string url) =>
        url.StartsWith("https://", StringComparison.Ordinal) ? "http" + url[5..]
        : url.StartsWith("http://", StringComparison.Ordinal) ? "https" + url[4..]
        : null;

    private static string? Slash(string url)
    {
        var end = url.IndexOf('?', StringComparison.Ordinal);
        end = end < 0 ? url.Length : end;
        return end == 0 ? null
            : url[end - 1] == '/' ? url.Remove(end - 1, 1)
            : url.Insert(end, "/");
    }

    private static string? SortedQuery(string url)
    {
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? null : url[..(mark + 1)] + string.Join('&', url[(mark + 1)..].Split('&').Order(StringComparer.Ordinal));
    }

    private static string? Cut(string url, char from) => url.IndexOf(from, StringComparison.Ordinal) is var mark and >= 0 ? url[..mark] : null;

    private static string? Www(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        return start < 3 ? null
            : url.AsSpan(start).StartsWith("www.", StringComparison.Ordinal) ? url.Remove(start, 4)
            : url.Insert(start, "www.");
    }

    private static string? Host(string url, string host)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3 || host.Length is 0 or > 255)
        {
            return null;
        }

        var length = url.AsSpan(start).IndexOfAny('/', '?');
        return url[..start] + host + (length < 0 ? "" : url[(start + length)..]);
    }
}
