using System.Numerics;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Values;

/// <summary>
/// Arithmetic: exact on integers of any size and on decimals, in double precision where a double takes part or a decimal has no room. It gives numbers only:
/// what would be infinite, or no number, is an error at the operator, as neither JSON nor a text has it.
/// </summary>
internal static class Numbers
{
    public static object? Apply(RenderState state, Operator op, object left, object right, Operations.Places at)
    {
        if (op is >= Operator.Equal and <= Operator.GreaterOrEqual && (left, right) is (BigInteger, double) or (double, BigInteger))
        {
            return Boxes.Of(Operations.Holds(op, Compare(left, right)));
        }

        if ((left is decimal || right is decimal) && Conversions.ToDecimal(left) is { } exact && Conversions.ToDecimal(right) is { } other)
        {
            return OnDecimals(state, op, exact, other);
        }

        if (left is decimal or double || right is decimal or double)
        {
            return OnDoubles(state, op, Need(Conversions.ToDouble(left)), Need(Conversions.ToDouble(right)));
        }

        if (left is float || right is float)
        {
            var result = OnDoubles(state, op, Need(Conversions.ToDouble(left)), Need(Conversions.ToDouble(right)));
            return result is double number && float.IsFinite((float)number) ? (float)number : result;
        }

        return OnBigIntegers(state, op, Need(Conversions.ToBigInteger(left)), Need(Conversions.ToBigInteger(right)));

        T Need<T>(T? value)
            where T : struct => value ?? throw Operations.Unsupported(state, op, left, right, at.Operator);
    }

    public static object? Apply(RenderState state, Operator op, long left, long right)
    {
        long result;
        switch (op)
        {
            case Operator.Add:
                result = unchecked(left + right);
                return ((left ^ result) & (right ^ result)) < 0 ? OnBigIntegers(state, op, left, right) : Boxes.Of(result);
            case Operator.Subtract:
                result = unchecked(left - right);
                return ((left ^ right) & (left ^ result)) < 0 ? OnBigIntegers(state, op, left, right) : Boxes.Of(result);
            case Operator.Multiply:
                return Math.BigMul(left, right, out result) is var high && ((high == 0 && result >= 0) || (high == -1 && result < 0))
                    ? Boxes.Of(result)
                    : OnBigIntegers(state, op, left, right);
            case Operator.Divide:
                return right == 0 ? throw DividedByZero(state) : left / (double)right;
            case Operator.DivideRound or Operator.Modulus when right is 0 or -1:
                return OnBigIntegers(state, op, left, right);
            case Operator.DivideRound:
                return Boxes.Of(left / right);
            case Operator.Modulus:
                return Boxes.Of(left % right);
            case Operator.RangeInclude or Operator.RangeExclude:
                return Range(state, left, right, op == Operator.RangeInclude);
            case >= Operator.Equal and <= Operator.GreaterOrEqual:
                return Boxes.Of(Operations.Holds(op, left.CompareTo(right)));
            default:
                return OnBigIntegers(state, op, left, right);
        }
    }

    public static int Compare(object left, object right) =>
        (WrittenNumber.Plain(left)!, WrittenNumber.Plain(right)!) switch
        {
            (long a, long b) => a.CompareTo(b),
            (BigInteger or long, BigInteger or long) => Conversions.ToBigInteger(left)!.Value.CompareTo(Conversions.ToBigInteger(right)!.Value),
            (BigInteger, double other) when double.IsInfinity(other) => other > 0 ? -1 : 1,
            (double other, BigInteger) when double.IsInfinity(other) => other > 0 ? 1 : -1,
            (decimal or long, decimal or long) => Conversions.ToDecimal(left)!.Value.CompareTo(Conversions.ToDecimal(right)!.Value),
            _ => Conversions.ToDouble(left)!.Value.CompareTo(Conversions.ToDouble(right)!.Value),
        };

    private static RangeValue Range(RenderState state, long first, long last, bool inclusive)
    {
        var step = first < last || (inclusive && first == last) ? 1 : -1;
        var count = BigInteger.Abs((BigInteger)last - first) + (inclusive ? 1 : 0);
        return count <= int.MaxValue
            ? new RangeValue(first, step, (int)count)
            : throw state.Reached(nameof(TemplateLimits.LoopIterations), state.Limits.LoopIterations);
    }

    private static object? OnBigIntegers(RenderState state, Operator op, BigInteger left, BigInteger right)
    {
        switch (op)
        {
            case Operator.Add:
                return state.Charged(left + right);
            case Operator.Subtract:
                return state.Charged(left - right);
            case Operator.Multiply:
                return state.Charged(left * right);
            case Operator.Divide or Operator.DivideRound or Operator.Modulus when right.IsZero:
                throw DividedByZero(state);
            case Operator.Divide:
                return Finite(state, Quotient(left, right));
            case Operator.DivideRound or Operator.Modulus:
                return state.Charged(op == Operator.Modulus ? left % right : left / right);
            case Operator.ShiftLeft or Operator.ShiftRight:
                return BigInteger.Abs(right) <= state.Limits.NumberBits
                    ? state.Charged(op == Operator.ShiftLeft ? left << (int)right : left >> (int)right)
                    : throw state.Reached(nameof(TemplateLimits.NumberBits), state.Limits.NumberBits);
            case >= Operator.Equal and <= Operator.GreaterOrEqual:
                return Boxes.Of(Operations.Holds(op, left.CompareTo(right)));
            default:
                throw state.Error($"The operator `{op}` is not implemented for such integers");
        }
    }

    /// <summary>Beyond the doubles both are made smaller alike, which leaves what one is to the other.</summary>
    private static double Quotient(BigInteger left, BigInteger right)
    {
        const int Enough = 1000;
        var excess = (int)Math.Max(0, Math.Max(left.GetBitLength(), right.GetBitLength()) - Enough);
        return (double)(left >> excess) / (double)(right >> excess);
    }

    private static object OnDoubles(RenderState state, Operator op, double left, double right) =>
        op switch
        {
            Operator.Divide or Operator.DivideRound or Operator.Modulus when right == 0 => throw DividedByZero(state),
            Operator.Add => Finite(state, left + right),
            Operator.Subtract => Finite(state, left - right),
            Operator.Multiply => Finite(state, left * right),
            Operator.Divide => Finite(state, left / right),
            Operator.DivideRound => Finite(state, Math.Round(left / right, MidpointRounding.ToEven)),
            Operator.Modulus => Finite(state, left % right),
            Operator.ShiftLeft => Finite(state, left * Math.Pow(2, right)),
            Operator.ShiftRight => Finite(state, left / Math.Pow(2, right)),
            Operator.Equal => Boxes.Of(left == right),
            Operator.NotEqual => Boxes.Of(left != right),
            Operator.Less => Boxes.Of(left < right),
            Operator.LessOrEqual => Boxes.Of(left <= right),
            Operator.Greater => Boxes.Of(left > right),
            Operator.GreaterOrEqual => Boxes.Of(left >= right),
            _ => throw state.Error($"The operator `{op}` is not implemented for numbers with a fraction"),
        };

    private static object OnDecimals(RenderState state, Operator op, decimal left, decimal right)
    {
        try
        {
            return op switch
            {
                Operator.Add => left + right,
                Operator.Subtract => left - right,
                Operator.Multiply => left * right,
                Operator.Divide => left / right,
                Operator.DivideRound => Math.Round(left / right, MidpointRounding.ToEven),
                Operator.Modulus => left % right,
                Operator.ShiftLeft => left * (decimal)Math.Pow(2, (double)right),
                Operator.ShiftRight => left / (decimal)Math.Pow(2, (double)right),
                >= Operator.Equal and <= Operator.GreaterOrEqual => Boxes.Of(Operations.Holds(op, left.CompareTo(right))),
                _ => throw state.Error($"The operator `{op}` is not implemented for decimals"),
            };
        }
        catch (DivideByZeroException)
        {
            return op == Operator.ShiftRight ? OnDoubles(state, op, (double)left, (double)right) : throw DividedByZero(state);
        }
        catch (OverflowException)
        {
            return OnDoubles(state, op, (double)left, (double)right);
        }
    }

    /// <summary>The number, which is one.</summary>
    /// <exception cref="TemplateException">It is infinite, or none.</exception>
    public static double Finite(RenderState state, double number) => double.IsFinite(number) ? number : throw state.Error(NotFinite);

    public const string NotFinite = "The number is too large: beyond 1.8e308 only whole numbers are reckoned with, by +, -, *, // and %";

    private static TemplateException DividedByZero(RenderState state) => state.Error("Cannot divide by zero");
}
