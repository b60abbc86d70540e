using System.Globalization;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary>Numbers and dates by .NET format strings.</summary>
internal static class NumberFormatting
{
    private const int MaxFormat = 100;
    private const int MaxPrecision = 999;

    public static string Format(Arguments a, object value, string? format, string? culture)
    {
        format ??= "";
        Check(a, format);
        var provider = DateParsing.Culture(culture) ?? CultureInfo.InvariantCulture;
        if (value is long integer and >= int.MinValue and <= int.MaxValue)
        {
            // Hexadecimal shows the width of the type: small whole numbers are 32 bits wide.
            return a.State.Charged(((int)integer).ToString(format, provider));
        }

        if (value is double number && !double.IsFinite(number))
        {
            throw a.Error(0, Numbers.NotFinite);
        }

        return (value is DateValue date ? date.Instant : value) is IFormattable formattable
            ? a.State.Charged(formattable.ToString(format, provider))
            : throw a.Error($"Unexpected `{Formatting.KindOf(value)}`. Must be a formattable object");
    }

    /// <summary>A precision is how many characters are made, so it is bounded before they are.</summary>
    private static void Check(Arguments a, string format)
    {
        var digits = 0;
        foreach (var c in format)
        {
            digits = char.IsAsciiDigit(c) ? (digits * 10) + c - '0' : 0;
            if (digits > MaxPrecision)
            {
                throw a.Error(1, $"The format asks for more than {MaxPrecision} digits");
            }
        }

        if (format.Length > MaxFormat)
        {
            throw a.Error(1, $"The format is longer than {MaxFormat} characters");
        }
    }
}
