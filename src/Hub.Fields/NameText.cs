using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hub.Fields;

/// <summary>What things are called: a text of so many characters as people count them, and of no more bytes than an index of the database can hold.</summary>
public static class NameText
{
    /// <summary>In UTF-8. PostgreSQL takes 2704 into an index; the rest is for columns beside the name.</summary>
    public const int MostBytes = 2000;

    /// <summary>What takes part in how a text is written from right to left, and could make it look like another.</summary>
    private static readonly SearchValues<char> Directions = SearchValues.Create("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>Letters that show nothing: fillers of Hangul and the empty Braille pattern.</summary>
    private static readonly SearchValues<char> Blanks = SearchValues.Create("\u115F\u1160\u2800\u3164\uFFA0");

    /// <summary>What names lack that are refused, for errors.</summary>
    public const string Rule = "with something to be seen, without control characters and without those that turn the direction of writing";

    /// <summary>Whether a text is a name: neither too long nor blank, and no more than people see of it.</summary>
    public static bool IsName(string? text, int most) => text is not null && Fits(text, most) && HasVisible(text) && !Hides(text) && !text.Any(char.IsControl);

    /// <summary>Whether there is something to be seen.</summary>
    public static bool HasVisible(string text) => text.EnumerateRunes().Any(IsVisible);

    /// <summary>Whether a text holds halves of characters, or characters that make it look like another.</summary>
    public static bool Hides(string text) => text.AsSpan().ContainsAny(Directions) || !IsUnicode(text);

    private static bool IsUnicode(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[++at])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned
            )
        && !(rune.IsBmp && Blanks.Contains((char)rune.Value));

    /// <summary>Whether a text is not too long. The bytes are looked at first, so that a huge one is not read character by character.</summary>
    public static bool Fits(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MostBytes && Encoding.UTF8.GetByteCount(text) <= MostBytes && Characters.Count(text) <= most;
    }
}
