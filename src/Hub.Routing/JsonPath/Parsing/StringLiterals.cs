using System.Globalization;
using System.Text;

namespace Hub.Routing.JsonPath.Parsing;

/// <summary>Reads quoted strings (RFC 9535, section 2.3.1.1).</summary>
internal static class StringLiterals
{
    public static string Read(QueryScanner scanner)
    {
        var quote = scanner.Current;
        var value = new StringBuilder();
        scanner.Position++;
        while (!scanner.TryTake(quote))
        {
            if (scanner.AtEnd)
            {
                throw scanner.Error($"the closing {quote} of the string");
            }

            _ = scanner.Current switch
            {
                '\\' => ReadEscape(scanner, quote, value),
                < ' ' => throw scanner.Error("a character of the string", @"Control characters are written as escapes, such as \n or \u0000."),
                var c when char.IsSurrogate(c) => ReadPair(scanner, value),
                var c => Append(scanner, value, c),
            };
        }

        return value.ToString();
    }

    private static StringBuilder Append(QueryScanner scanner, StringBuilder value, char c)
    {
        scanner.Position++;
        return value.Append(c);
    }

    private static StringBuilder ReadPair(QueryScanner scanner, StringBuilder value)
    {
        if (!Rune.TryGetRuneAt(scanner.Text, scanner.Position, out var rune))
        {
            throw scanner.Error("a whole character, not half of a surrogate pair");
        }

        scanner.Position += rune.Utf16SequenceLength;
        return value.Append(rune.ToString());
    }

    private static StringBuilder ReadEscape(QueryScanner scanner, char quote, StringBuilder value)
    {
        var start = scanner.Position;
        var letter = scanner.Peek(1);
        if (letter == 'u')
        {
            return ReadUnicodeEscape(scanner, start, value);
        }

        var decoded = letter switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' or '\\' => letter,
            _ when letter == quote => letter,
            _ => throw scanner.Error($@"one of the escapes \b \f \n \r \t \/ \\ \{quote} \u0000", $@"A backslash itself is written \\.", start),
        };
        scanner.Position += 2;
        return value.Append(decoded);
    }

    private static StringBuilder ReadUnicodeEscape(QueryScanner scanner, int start, StringBuilder value)
    {
        var unit = ReadUnit(scanner);
        if (!char.IsSurrogate(unit))
        {
            return value.Append(unit);
        }

        if (!char.IsHighSurrogate(unit) || scanner.Current != '\\' || scanner.Peek(1) != 'u' || ReadUnit(scanner) is var low && !char.IsLowSurrogate(low))
        {
            throw scanner.Error(@"both halves of a surrogate pair, such as \uD83D\uDE00", at: start);
        }

        return value.Append(unit).Append(low);
    }

    private static char ReadUnit(QueryScanner scanner)
    {
        var digits = scanner.Text.AsSpan(scanner.Position + 2);
        if (digits.Length < 4 || !ushort.TryParse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            throw scanner.Error(@"four hexadecimal digits after \u");
        }

        scanner.Position += 6;
        return (char)unit;
    }
}
