using System.Globalization;

namespace Hub.Fields;

/// <summary>
/// Characters as people count them: extended grapheme clusters (UAX #29), so that a letter with its accents, an emoji of several parts or a flag is one. One
/// has
/// at most <see cref="MostUnits"/> UTF-16 units; what goes on beyond is the next one, which bounds every text that is cut.
/// </summary>
public static class Characters
{
    /// <summary>More than any character of a language or emoji has, in UTF-16 units.</summary>
    public const int MostUnits = 32;

    /// <summary>Below this no character joins another one, but for a line feed after a carriage return.</summary>
    private const char FirstMark = '\u0300';

    /// <summary>How many characters a text has.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        if (AreSingle(text))
        {
            return text.Length;
        }

        var count = 0;
        for (; !text.IsEmpty; count++)
        {
            text = text[First(text)..];
        }

        return count;
    }

    /// <summary>How many UTF-16 units the first so many characters have.</summary>
    public static int UnitsOf(ReadOnlySpan<char> text, int count)
    {
        // One unit more is looked at: it may belong to the last character.
        if (count >= text.Length || AreSingle(text[..Math.Min(text.Length, Math.Max(count, 0) + 1)]))
        {
            return Math.Clamp(count, 0, text.Length);
        }

        var units = 0;
        for (; count > 0 && units < text.Length; count--)
        {
            units += First(text[units..]);
        }

        return units;
    }

    /// <summary>How many of at most so many UTF-16 units are whole characters.</summary>
    public static int WholeUnits(ReadOnlySpan<char> text, int most)
    {
        if (text.Length <= most || AreSingle(text[..(most + 1)]))
        {
            return Math.Min(most, text.Length);
        }

        var units = 0;
        for (int next; units < text.Length && units + (next = First(text[units..])) <= most; units += next) { }

        return units;
    }

    /// <summary>How many characters end at or before a place.</summary>
    public static int CountBefore(ReadOnlySpan<char> text, int units)
    {
        if (AreSingle(text[..Math.Min(text.Length, units + 1)]))
        {
            return units;
        }

        var count = 0;
        for (int at = 0, next; at < units && at + (next = First(text[at..])) <= units; at += next)
        {
            count++;
        }

        return count;
    }

    /// <summary>The first so many characters, with an ellipsis behind them when there are more.</summary>
    public static string Cut(string text, int count) =>
        UnitsOf(text, count) is var units && units < text.Length ? string.Concat(text.AsSpan(0, units), "…") : text;

    /// <summary>The whole characters within so many UTF-16 units, with an ellipsis behind them when there are more.</summary>
    public static string CutUnits(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, WholeUnits(text, most)), "…");

    private static bool AreSingle(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('\0', (char)(FirstMark - 1)) && !text.Contains('\r');

    /// <summary>
    /// The length of the first character. Only as far as one may go is looked at, so that a long one is not read again for each of its pieces.
    /// </summary>
    private static int First(ReadOnlySpan<char> text)
    {
        var length = StringInfo.GetNextTextElementLength(text[..Math.Min(text.Length, MostUnits + 1)]);
        return length <= MostUnits ? length
            : char.IsHighSurrogate(text[MostUnits - 1]) && char.IsLowSurrogate(text[MostUnits]) ? MostUnits - 1
            : MostUnits;
    }
}
