namespace Hub.Routing.JsonPath.Text;

/// <summary>
/// A JSON number taken apart for comparison by mathematical value, exact at any size: sign, the digits from the first that
/// is not zero (a decimal point may be among them), and how many of them stand before the decimal point.
/// </summary>
internal readonly ref struct JsonNumber
{
    // Longer exponents are all alike: no document holds enough digits to make up for them.
    private const long LargestExponent = 1_000_000_000_000_000;

    private readonly int _sign;
    private readonly long _magnitude;
    private readonly ReadOnlySpan<byte> _digits;

    private JsonNumber(ReadOnlySpan<byte> raw)
    {
        var isNegative = raw[0] == '-';
        var mantissa = isNegative ? raw[1..] : raw;
        long exponent = 0;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is var e and >= 0)
        {
            exponent = Exponent(mantissa[(e + 1)..]);
            mantissa = mantissa[..e];
        }

        var first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0)
        {
            return;
        }

        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa.Length : point;
        _sign = isNegative ? -1 : 1;
        _magnitude = exponent + (first < whole ? whole - first : whole + 1 - first);
        _digits = mantissa[first..];
    }

    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var a = new JsonNumber(left);
        var b = new JsonNumber(right);
        if (a._sign != b._sign)
        {
            return a._sign.CompareTo(b._sign);
        }

        var order = a._magnitude.CompareTo(b._magnitude);
        return a._sign * (order != 0 ? order : CompareDigits(a._digits, b._digits));
    }

    private static int CompareDigits(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            var order = Next(left, ref i).CompareTo(Next(right, ref j));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static byte Next(ReadOnlySpan<byte> digits, ref int index)
    {
        if (index < digits.Length && digits[index] == '.')
        {
            index++;
        }

        return index < digits.Length ? digits[index++] : (byte)'0';
    }

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        long value = 0;
        foreach (var c in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
        {
            value = Math.Min(LargestExponent, (value * 10) + (c - '0'));
        }

        return isNegative ? -value : value;
    }
}
