using Hub.Fields;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary>What cuts text, finds places in it or fills it up: never within a character, and counted in characters.</summary>
internal static class TextCutting
{
    /// <summary>A negative start counts from the end; what lies before the text shortens the slice.</summary>
    public static string Slice(string text, int start, int length)
    {
        var count = Characters.Count(text);
        if (start >= count)
        {
            return "";
        }

        var from = start < 0 ? start + (long)count : start;
        var end = Math.Min(from + length, count);
        from = Math.Max(from, 0);
        if (end <= from)
        {
            return "";
        }

        var rest = text.AsSpan(Characters.UnitsOf(text, (int)from));
        return rest[..Characters.UnitsOf(rest, (int)(end - from))].ToString();
    }

    public static string Truncate(Arguments a)
    {
        var text = a.Text(0) ?? "";
        var ellipsis = a.Text(2) ?? "...";
        return text.Length <= a.Int(1) || Characters.UnitsOf(text, a.Int(1)) == text.Length
            ? text
            : a.State.Charged(string.Concat(text.AsSpan(0, Characters.UnitsOf(text, a.Int(1) - Characters.Count(ellipsis))), ellipsis));
    }

    public static string TruncateWords(Arguments a)
    {
        var text = a.Text(0) ?? "";
        if (text.Length == 0)
        {
            return "";
        }

        // White space at the ends makes an empty word there.
        var words = new List<string>();
        var at = 0;
        while (at <= text.Length && words.Count < a.Int(1))
        {
            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            a.State.ChargeElements(1);
            words.Add(text[at..end]);
            at = end == text.Length ? end + 1 : end;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
        }

        return a.State.Charged(string.Join(' ', words) + (a.Text(2) ?? "..."));
    }

    public static string Padded(Arguments a, Func<string, int, string> pad)
    {
        var text = a.Text(0) ?? "";
        var units = (long)Width(a) + text.Length - Characters.Count(text);
        a.State.ChargeText(units);
        return pad(text, (int)units);
    }

    private static int Width(Arguments a) => a.Int(1) >= 0 ? a.Int(1) : throw a.Error(1, "The width cannot be negative");

    /// <summary>A number of characters that the text has not stays one that leads out of it, which is an error.</summary>
    private static int UnitsWithin(ReadOnlySpan<char> text, int count) =>
        count <= 0 ? count
        : Characters.Count(text) < count ? text.Length + 1
        : Characters.UnitsOf(text, count);

    public static object IndexOf(Arguments a)
    {
        var text = a.Text(0) ?? throw a.Error(0, "The text cannot be null");
        var search = a.Text(1) ?? throw a.Error(1, "The string to find cannot be null");
        var start = a[2] as int? ?? 0;
        var comparison = a.Text(4) switch
        {
            null or "CurrentCulture" or "InvariantCulture" or "Ordinal" => StringComparison.Ordinal,
            "CurrentCultureIgnoreCase" or "InvariantCultureIgnoreCase" or "OrdinalIgnoreCase" => StringComparison.OrdinalIgnoreCase,
            var other => throw a.Error(4, $"'{other}' is not a valid stringComparison"),
        };
        var from = UnitsWithin(text, start);
        var length = a[3] is int count ? UnitsWithin(text.AsSpan(from), count) : text.Length - from;
        var at = text.IndexOf(search, from, length, comparison);
        return Boxes.Of(at > 0 ? Characters.CountBefore(text, at) : at);
    }
}
