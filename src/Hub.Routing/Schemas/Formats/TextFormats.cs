namespace Hub.Routing.Schemas.Formats;

/// <summary>All formats, by the name that schemas use.</summary>
internal static class TextFormats
{
    public static IReadOnlyList<TextFormat> All { get; } =
    [
        new("date-time", "an instant with an offset, such as 2026-03-01T09:00:00Z", text => DateText.IsDateTime(text)),
        new("date", "a date such as 2026-03-01", text => DateText.IsDate(text)),
        new("email", "an email address", EmailText.IsAddress),
        new("uri", "a URI with its scheme, such as https://example.com/a", UriText.IsUri),
        new("uuid", "a UUID such as 123e4567-e89b-12d3-a456-426614174000", IsUuid),
        new("ipv4", "an IPv4 address", text => AddressText.IsVersion4(text)),
        new("ipv6", "an IPv6 address", text => AddressText.IsVersion6(text)),
    ];

    public static TextFormat? Find(string name) => All.FirstOrDefault(each => each.Name == name);

    private static bool IsUuid(string text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
