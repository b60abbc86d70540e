using System.Buffers;
using System.Globalization;

namespace Hub.Connectors.Secrets;

/// <summary>
/// The escapes that stand for one character or byte: of addresses (<c>%74</c>), of JSON and programs (<c>\u0074</c>, <c>\x74</c>) and of HTML
/// (<c>&amp;#116;</c>).
/// </summary>
internal static class Escapes
{
    /// <summary>What an escape begins with.</summary>
    public static readonly SearchValues<char> Marks = SearchValues.Create("%&\\");

    private const int MostDigits = 10;

    public static bool AreIn(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOfAny(Marks)) >= 0; text = text[(at + 1)..])
        {
            if (ReadAt(text[at..]).Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="text">Begins with a mark.</param>
    /// <returns>Without a length when it is no escape.</returns>
    public static Escape ReadAt(ReadOnlySpan<char> text) =>
        text[0] switch
        {
            '%' => OfAddress(text),
            '\\' => OfProgram(text),
            _ => OfHtml(text),
        };

    private static Escape OfAddress(ReadOnlySpan<char> text) =>
        Hex(text, 1, 2) is { } one ? new Escape(3, one, IsByte: true)
        : text.Length > 1 && text[1] is 'u' && Hex(text, 2, 4) is { } unit ? new Escape(6, unit, IsByte: false)
        : default;

    private static Escape OfProgram(ReadOnlySpan<char> text) =>
        text.Length < 2
            ? default
            : text[1] switch
            {
                'u' when Hex(text, 2, 4) is { } unit => new Escape(6, unit, IsByte: false),
                'x' when Hex(text, 2, 2) is { } one => new Escape(4, one, IsByte: true),
                'n' => new Escape(2, '\n', IsByte: false),
                'r' => new Escape(2, '\r', IsByte: false),
                't' => new Escape(2, '\t', IsByte: false),
                'b' => new Escape(2, '\b', IsByte: false),
                'f' => new Escape(2, '\f', IsByte: false),
                '"' or '\'' or '\\' or '/' => new Escape(2, text[1], IsByte: false),
                _ => default,
            };

    private static Escape OfHtml(ReadOnlySpan<char> text)
    {
        if (text.Length > 2 && text[1] == '#')
        {
            return text[2] is 'x' or 'X'
                ? Numbered(text, 3, NumberStyles.AllowHexSpecifier, "0123456789abcdefABCDEF")
                : Numbered(text, 2, NumberStyles.None, "0123456789");
        }

        return text.StartsWith("&amp;", StringComparison.Ordinal) ? new Escape(5, '&', IsByte: false)
            : text.StartsWith("&lt;", StringComparison.Ordinal) ? new Escape(4, '<', IsByte: false)
            : text.StartsWith("&gt;", StringComparison.Ordinal) ? new Escape(4, '>', IsByte: false)
            : text.StartsWith("&quot;", StringComparison.Ordinal) ? new Escape(6, '"', IsByte: false)
            : text.StartsWith("&apos;", StringComparison.Ordinal) ? new Escape(6, '\'', IsByte: false)
            : default;
    }

    // Browsers read such a reference also without its semicolon, and with noughts before it.
    private static Escape Numbered(ReadOnlySpan<char> text, int from, NumberStyles style, ReadOnlySpan<char> digits)
    {
        var rest = text.Slice(from, Math.Min(MostDigits, text.Length - from));
        var count = rest.IndexOfAnyExcept(digits) is var end and >= 0 ? end : rest.Length;
        if (!uint.TryParse(rest[..count], style, CultureInfo.InvariantCulture, out var value) || value > 0x10FFFF)
        {
            return default;
        }

        var length = from + count;
        return new Escape(length < text.Length && text[length] == ';' ? length + 1 : length, (int)value, IsByte: false);
    }

    private static int? Hex(ReadOnlySpan<char> text, int from, int digits) =>
        text.Length >= from + digits && int.TryParse(text.Slice(from, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}

/// <summary>One escape.</summary>
/// <param name="Length">How many characters it takes.</param>
/// <param name="Value">What it stands for: a code point, half a surrogate pair, or a byte.</param>
/// <param name="IsByte">Whether it is a byte of UTF-8.</param>
internal readonly record struct Escape(int Length, int Value, bool IsByte);
