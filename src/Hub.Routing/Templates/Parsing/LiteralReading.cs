using System.Globalization;
using System.Numerics;
using System.Text;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Parsing;

/// <summary>The values of literals, whose form the lexer has checked.</summary>
internal static class LiteralReading
{
    // An exponent beyond this makes a whole number of that many digits.
    private const int MaxDigits = 1000;

    /// <summary>Null when the number cannot be represented.</summary>
    public static object? Number(TokenKind kind, string text)
    {
        text = text.Replace("_", "", StringComparison.Ordinal);
        return text.Length > MaxDigits
            ? null
            : kind switch
            {
                TokenKind.Integer => Integer(text),
                TokenKind.HexInteger => Bits(text, 16),
                TokenKind.BinaryInteger => Bits(text, 2),
                _ => Float(text),
            };
    }

    public static string Text(ReadOnlySpan<char> source)
    {
        if (source.IndexOf('\\') < 0)
        {
            return source.ToString();
        }

        var text = new StringBuilder(source.Length);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '\\')
            {
                text.Append(source[i]);
                continue;
            }

            i++;
            switch (source[i])
            {
                case '\n':
                    break;
                case '\r':
                    i += i + 1 < source.Length && source[i + 1] == '\n' ? 1 : 0;
                    break;
                case 'u' or 'x':
                    var digits = source[i] == 'u' ? 4 : 2;
                    text.Append((char)ushort.Parse(source.Slice(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += digits;
                    break;
                case var c:
                    text.Append(
                        c switch
                        {
                            '0' => '\0',
                            'b' => '\b',
                            'f' => '\f',
                            'n' => '\n',
                            'r' => '\r',
                            't' => '\t',
                            'v' => '\v',
                            _ => c,
                        }
                    );
                    break;
            }
        }

        return WholeText.Of(text.ToString());
    }

    private static object? Integer(string text)
    {
        if (long.TryParse(text, NumberStyles.Integer | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var integer))
        {
            return Boxes.Of(integer);
        }

        var exponent = text.AsSpan().IndexOfAny('e', 'E');
        if (
            exponent >= 0
            && (!int.TryParse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) || power > MaxDigits)
        )
        {
            return null;
        }

        return BigInteger.TryParse(text, NumberStyles.Integer | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var big) ? big : null;
    }

    /// <summary>Up to 32 bits are a signed 32-bit integer, up to 64 a signed 64-bit one, unless a u says unsigned.</summary>
    private static object Bits(string text, int radix)
    {
        var unsigned = text[^1] is 'u' or 'U';
        var value = BigInteger.Zero;
        foreach (var digit in unsigned ? text.AsSpan(2, text.Length - 3) : text.AsSpan(2))
        {
            value = (value * radix) + Convert.ToInt32(digit.ToString(), 16);
        }

        if (value > ulong.MaxValue || (unsigned && value > long.MaxValue))
        {
            return value;
        }

        return Boxes.Of(
            unsigned ? (long)value
            : value <= uint.MaxValue ? (int)(uint)value
            : (long)(ulong)value
        );
    }

    private static object? Float(string text)
    {
        var digits = text[^1] is 'f' or 'F' or 'd' or 'D' or 'm' or 'M' ? text[..^1] : text;
        switch (text[^1])
        {
            case 'f' or 'F':
                return float.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var single) && float.IsFinite(single) ? single : null;
            case 'm' or 'M' when decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact):
                return exact;
            default:
                return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
        }
    }
}
