using System.Globalization;
using System.Numerics;
using Hub.Fields;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Values;

/// <summary>Turns values into what operators and functions take. A conversion that is not possible is null; the caller names the place.</summary>
internal static class Conversions
{
    public static bool ToBool(object? value) =>
        value switch
        {
            null or EmptyValue => false,
            bool flag => flag,
            _ => true,
        };

    public static bool IsNumber(object? value) => value is long or double or float or decimal or BigInteger or WrittenNumber;

    public static int? ToInt(object? value) =>
        WrittenNumber.Plain(value) switch
        {
            null => 0,
            long integer => integer is >= int.MinValue and <= int.MaxValue ? (int)integer : null,
            bool flag => flag ? 1 : 0,
            double number => Rounded(number),
            float number => Rounded(number),
            decimal number => Math.Abs(number) <= int.MaxValue ? (int)Math.Round(number, MidpointRounding.ToEven) : null,
            BigInteger => null,
            string text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) ? parsed : null,
            _ => null,
        };

    public static double? ToDouble(object? value) =>
        WrittenNumber.Plain(value) switch
        {
            null => 0,
            long integer => integer,
            double number => number,
            float number => number,
            decimal number => (double)number,
            BigInteger number => (double)number,
            bool flag => flag ? 1 : 0,
            _ => null,
        };

    public static decimal? ToDecimal(object? value)
    {
        value = WrittenNumber.Plain(value);
        switch (value)
        {
            case null:
                return 0;
            case long integer:
                return integer;
            case decimal number:
                return number;
            case bool flag:
                return flag ? 1 : 0;
            case double or float when ToDouble(value) is { } number && Math.Abs(number) < 7.9e28:
                return (decimal)number;
            case BigInteger big when BigInteger.Abs(big) <= new BigInteger(decimal.MaxValue):
                return (decimal)big;
            default:
                return null;
        }
    }

    public static BigInteger? ToBigInteger(object? value) =>
        WrittenNumber.Plain(value) switch
        {
            null => BigInteger.Zero,
            long integer => integer,
            BigInteger big => big,
            bool flag => flag ? BigInteger.One : BigInteger.Zero,
            _ => null,
        };

    /// <summary>A sequence to walk: a list, an object's pairs of key and value, a text's characters. Null when the value is none of them.</summary>
    public static ListValue? ToList(RenderState state, object? value)
    {
        switch (value)
        {
            case ListValue list:
                return list;
            case ObjectValue members:
                var pairs = new List<object?>();
                foreach (var (name, member) in members.Members)
                {
                    state.ChargeElements(2);
                    pairs.Add(ObjectValue.Pair(name, member));
                }

                return new ArrayValue(pairs, isIterator: true);
            case string text:
                state.ChargeElements(text.Length);
                return new ArrayValue(CharactersOf(text), isIterator: true);
            case EmptyValue:
                return new ArrayValue([]);
            default:
                return null;
        }
    }

    private static List<object?> CharactersOf(string text)
    {
        var characters = new List<object?>(text.Length);
        for (int at = 0, units; at < text.Length; at += units)
        {
            units = Characters.UnitsOf(text.AsSpan(at), 1);
            characters.Add(text.Substring(at, units));
        }

        return characters;
    }

    private static int? Rounded(double number) => Math.Abs(number) <= int.MaxValue ? (int)Math.Round(number, MidpointRounding.ToEven) : null;
}
