namespace Hub.Signatures;

/// <summary>A URL as HubSpot signs it: these encoded characters written plainly, all others left as they are.</summary>
internal static class DecodedUrl
{
    private static readonly (string Encoded, string Plain)[] Characters =
    [
        ("%3A", ":"),
        ("%2F", "/"),
        ("%3F", "?"),
        ("%40", "@"),
        ("%21", "!"),
        ("%24", "$"),
        ("%27", "'"),
        ("%28", "("),
        ("%29", ")"),
        ("%2A", "*"),
        ("%2C", ","),
        ("%3B", ";"),
    ];

    public static string Of(string url)
    {
        if (!url.Contains('%', StringComparison.Ordinal))
        {
            return url;
        }

        foreach (var (encoded, plain) in Characters)
        {
            url = url.Replace(encoded, plain, StringComparison.OrdinalIgnoreCase);
        }

        return url;
    }
}
