using System.Globalization;
using System.Text.Json;

namespace Hub.Routing.JsonPath.Parsing;

/// <summary>Reads integers of selectors and numbers of filters.</summary>
internal static class NumberLiterals
{
    // The integers that every JSON implementation holds exactly (I-JSON, RFC 7493).
    private const long Largest = 9_007_199_254_740_991;
    private const int MostDigits = 17;

    public static bool AtNumber(QueryScanner scanner) => scanner.Current == '-' || char.IsAsciiDigit(scanner.Current);

    /// <summary>An index, or a part of a slice.</summary>
    public static long ReadInteger(QueryScanner scanner)
    {
        var start = scanner.Position;
        SkipInteger(scanner);
        var digits = scanner.Text.AsSpan(start, scanner.Position - start);
        if (digits is "-0")
        {
            throw scanner.Error("an integer", "Zero is written 0.", start);
        }

        return
            digits.Length <= MostDigits
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && Math.Abs(value) <= Largest
            ? value
            : throw scanner.Error($"an integer between -{Largest} and {Largest}", at: start);
    }

    /// <summary>A number of a filter, whose grammar is JSON's.</summary>
    public static JsonElement ReadNumber(QueryScanner scanner)
    {
        var start = scanner.Position;
        SkipInteger(scanner);
        if (scanner.TryTake('.'))
        {
            SkipDigits(scanner, "a digit after the decimal point");
        }

        if (scanner.TryTake('e') || scanner.TryTake('E'))
        {
            _ = scanner.TryTake('-') || scanner.TryTake('+');
            SkipDigits(scanner, "a digit of the exponent");
        }

        return JsonElement.Parse(scanner.Text.AsSpan(start, scanner.Position - start));
    }

    private static void SkipInteger(QueryScanner scanner)
    {
        scanner.TryTake('-');
        var first = scanner.Position;
        SkipDigits(scanner, "a digit");
        if (scanner.Text[first] == '0' && scanner.Position > first + 1)
        {
            throw scanner.Error("a number without leading zeros", at: first);
        }
    }

    private static void SkipDigits(QueryScanner scanner, string expected)
    {
        if (!char.IsAsciiDigit(scanner.Current))
        {
            throw scanner.Error(expected);
        }

        while (char.IsAsciiDigit(scanner.Current))
        {
            scanner.Position++;
        }
    }
}
