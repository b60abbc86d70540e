using System.Numerics;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>math</c>: functions on numbers.</summary>
internal static class MathFunctions
{
    public static BuiltinGroup Create() =>
        new BuiltinGroup()
            .Add("abs(plain value)", Abs)
            .Add("ceil(plain value)", a => Round(a, decimal.Ceiling, Math.Ceiling))
            .Add("floor(plain value)", a => Round(a, decimal.Floor, Math.Floor))
            .Add("round(plain value, int precision = 0)", RoundTo)
            .Add("divided_by(number value, plain divisor)", DividedBy)
            .Add("format(plain value, text format, text culture = null)", a => a[0] is null ? ""
                : Conversions.IsNumber(a[0]) ? NumberFormatting.Format(a, a[0]!, a.Text(1), a.Text(2))
                : throw a.Error($"Unexpected `{Formatting.KindOf(a[0])}`. Must be a formattable number"))
            .Add("is_number(plain value)", a => Conversions.IsNumber(a[0]))
            .Add("minus(plain value, plain with)", a => Apply(a, Operator.Subtract))
            .Add("modulo(plain value, plain with)", a => Apply(a, Operator.Modulus))
            .Add("plus(plain value, plain with)", a => Apply(a, Operator.Add))
            .Add("times(plain value, plain with)", a => Apply(a, Operator.Multiply))
            .Add("uuid()", _ => Guid.CreateVersion7().ToString())
            .Add("random(int minValue, int maxValue)", a =>
                a.Int(0) > a.Int(1)
                    ? throw a.Error("minValue must not be greater than maxValue")
                    : Boxes.Of((a.State.Options.Random ?? Random.Shared).Next(a.Int(0), a.Int(1)))
            );

    private static object? Apply(Arguments a, Operator op) =>
        Operations.Apply(a.State, op, a[0], a[1], new Operations.Places(a.Site.Start, a.Site.Start, a.Site.Start));

    private static object? Abs(Arguments a) =>
        a[0] switch
        {
            null => null,
            long number => number == long.MinValue ? -(BigInteger)number : Boxes.Of(Math.Abs(number)),
            double number => Math.Abs(number),
            float number => Math.Abs(number),
            decimal number => Math.Abs(number),
            BigInteger number => BigInteger.Abs(number),
            var other => throw a.Error($"A value of kind `{Formatting.KindOf(other)}` is not a number"),
        };

    private static object? Round(Arguments a, Func<decimal, decimal> exact, Func<double, double> inexact) =>
        a[0] switch
        {
            null => 0.0,
            long or BigInteger => a[0],
            decimal number => exact(number),
            var other => inexact(Number(a, other)),
        };

    private static object? RoundTo(Arguments a) =>
        a[0] switch
        {
            null => 0.0,
            long or BigInteger => a[0],
            decimal number => Trimmed(Math.Round(number, a.Int(1), MidpointRounding.ToEven)),
            var other => Math.Round(Number(a, other), a.Int(1), MidpointRounding.ToEven),
        };

    /// <summary>Without zeros at the end of the fraction, as a double would print.</summary>
    private static decimal Trimmed(decimal number) => number / 1.0000000000000000000000000000m;

    private static double Number(Arguments a, object? value) =>
        Conversions.ToDouble(value) ?? throw a.Error(0, $"Unable to convert type `{Formatting.KindOf(value)}` to double");

    /// <summary>A whole divisor gives a whole result, rounded down.</summary>
    private static object? DividedBy(Arguments a)
    {
        var places = new Operations.Places(a.Site.Start, a.Site.Start, a.Site.Start);
        var result = Operations.Apply(a.State, Operator.Divide, a[0], a[1], places);
        return a[1] is long && result is double number && Math.Abs(number) < long.MaxValue ? Boxes.Of((long)Math.Floor(number)) : result;
    }
}
