namespace Hub.Routing.Templates.Values;

/// <summary>Texts of whole characters: what is written or cut as half of a pair becomes U+FFFD, as it does where JSON is read.</summary>
internal static class WholeText
{
    public static string Of(string text)
    {
        for (var at = FirstSurrogate(text, 0); at < text.Length; at = FirstSurrogate(text, at + 2))
        {
            if (!char.IsSurrogatePair(text, at))
            {
                return Mended(text);
            }
        }

        return text;
    }

    /// <summary>Whether a place lies between the halves of a pair.</summary>
    public static bool IsWithinPair(ReadOnlySpan<char> text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);

    private static int FirstSurrogate(string text, int start) =>
        start < text.Length && text.AsSpan(start).IndexOfAnyInRange('\ud800', '\udfff') is >= 0 and var at ? start + at : text.Length;

    private static string Mended(string text) => string.Create(text.Length, text, static (made, text) =>
        {
            for (var at = 0; at < text.Length; at++)
            {
                var isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
                made[at] = isPair || !char.IsSurrogate(text[at]) ? text[at] : '\uFFFD';
                if (isPair)
                {
                    made[++at] = text[at];
                }
            }
        });
}
