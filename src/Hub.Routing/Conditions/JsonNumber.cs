using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Hub.Routing.Conditions;

/// <summary>A JSON number by its mathematical value: 1, 1.0 and 10e-1 are one number, and no digit is lost however long it is.</summary>
internal readonly ref struct JsonNumber
{
    // The value is 0.digits times ten to the exponent; digits start and end with a non-zero, and are empty for zero.
    private readonly ReadOnlySpan<byte> _digits;
    private readonly long _exponent;
    private readonly bool _negative;

    // Exponents beyond this are all one: far out of any number's use, and safe to add to.
    private const long ExponentLimit = long.MaxValue / 4;

    private JsonNumber(ReadOnlySpan<byte> digits, long exponent, bool negative)
    {
        _digits = digits;
        _exponent = exponent;
        _negative = negative;
    }

    public bool IsInteger => _digits.IsEmpty || _exponent >= _digits.Length;

    /// <summary>The digits that carry the value, without zeros around them.</summary>
    public int SignificantDigits => _digits.Length;

    public bool IsPositive => Sign > 0;

    public static int Compare(JsonElement left, JsonElement right) =>
        left.TryGetInt64(out var a) && right.TryGetInt64(out var b) ? a.CompareTo(b) : Compare(Read(left), Read(right));

    public static JsonNumber Read(JsonElement number)
    {
        var text = JsonMarshal.GetRawUtf8Value(number);
        var negative = text[0] == '-';
        text = negative ? text[1..] : text;
        long exponent = 0;
        if (text.IndexOfAny((byte)'e', (byte)'E') is var e and >= 0)
        {
            exponent = ReadExponent(text[(e + 1)..]);
            text = text[..e];
        }

        var point = text.IndexOf((byte)'.');
        if (point >= 0)
        {
            var joined = new byte[text.Length - 1];
            text[..point].CopyTo(joined);
            text[(point + 1)..].CopyTo(joined.AsSpan(point));
            text = joined;
        }
        else
        {
            point = text.Length;
        }

        var digits = text.TrimStart((byte)'0');
        exponent += point - (text.Length - digits.Length);
        digits = digits.TrimEnd((byte)'0');
        return digits.IsEmpty ? default : new JsonNumber(digits, exponent, negative);
    }

    /// <summary>Whether it is a whole number of times the divisor, which has at most 28 significant digits and is not zero.</summary>
    public bool IsMultipleOf(JsonNumber divisor)
    {
        var shift = (_exponent - _digits.Length) - (divisor._exponent - divisor._digits.Length);
        if (_digits.IsEmpty || shift < 0)
        {
            // The last digit is not a zero, so it cannot be a multiple of ten divisors.
            return _digits.IsEmpty;
        }

        UInt128 whole = 0;
        foreach (var digit in divisor._digits)
        {
            whole = (whole * 10) + (uint)(digit - '0');
        }

        UInt128 rest = 0;
        foreach (var digit in _digits)
        {
            rest = ((rest * 10) + (uint)(digit - '0')) % whole;
        }

        return rest == 0 || (BigInteger)rest * BigInteger.ModPow(10, shift, whole) % whole == 0;
    }

    /// <summary>Adds the value to a hash: numbers that are equal add the same.</summary>
    public void AddTo(ref HashCode hash)
    {
        hash.Add(Sign);
        hash.Add(_exponent);
        hash.AddBytes(_digits);
    }

    private static int Compare(JsonNumber left, JsonNumber right)
    {
        if (left.Sign != right.Sign || left.Sign == 0)
        {
            return left.Sign.CompareTo(right.Sign);
        }

        var size = left._exponent != right._exponent ? left._exponent.CompareTo(right._exponent) : left._digits.SequenceCompareTo(right._digits);
        return left._negative ? -size : size;
    }

    private int Sign =>
        _digits.IsEmpty ? 0
        : _negative ? -1
        : 1;

    private static long ReadExponent(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == '-';
        long value = 0;
        foreach (var digit in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
        {
            value = Math.Min(value * 10 + (digit - '0'), ExponentLimit / 10);
        }

        return negative ? -value : value;
    }
}
