using System.Runtime.InteropServices;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Values;

/// <summary>What operators do with two values. Errors carry the offset of the operator, or of the side that is to blame.</summary>
internal static class Operations
{
    public static object? Apply(RenderState state, Operator op, object? left, object? right, Places at)
    {
        state.At = at.Operator;
        if (op == Operator.Coalesce)
        {
            return left ?? right;
        }

        if (op == Operator.NotNull)
        {
            return left is null ? null : right;
        }

        if (left is long a && right is long b)
        {
            return Numbers.Apply(state, op, a, b);
        }

        if (left is string || right is string)
        {
            return OnText(state, op, left, right, at);
        }

        (left, right) = (WrittenNumber.Plain(left), WrittenNumber.Plain(right));
        if (left is EmptyValue || right is EmptyValue)
        {
            return OnEmpty(op, left, right);
        }

        if (left is ListValue || right is ListValue)
        {
            return Lists.Apply(state, op, left, right, at);
        }

        if (left is null || right is null)
        {
            return OnNull(op, left is null && right is null);
        }

        return Conversions.IsNumber(left) || Conversions.IsNumber(right) ? Numbers.Apply(state, op, left, right, at) : OnOthers(state, op, left, right, at);
    }

    /// <summary>Where an operator and its sides are, for errors.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Places(int Operator, int Left, int Right);

    public static TemplateException Unsupported(RenderState state, Operator op, object? left, object? right, int at) =>
        state.Error(at, $"The operator `{op}` is not supported between `{Formatting.KindOf(left)}` and `{Formatting.KindOf(right)}`");

    /// <summary>How two values compare for sorting: null first, then booleans, numbers, dates and texts.</summary>
    public static int Compare(RenderState state, object? left, object? right)
    {
        var (a, b) = (Rank(state, left), Rank(state, right));
        if (a != b)
        {
            return a.CompareTo(b);
        }

        return a switch
        {
            1 => ((bool)left!).CompareTo((bool)right!),
            2 => Numbers.Compare(left!, right!),
            3 => ((DateValue)left!).Order((DateValue)right!),
            4 => ((TimeSpan)left!).CompareTo((TimeSpan)right!),
            5 => TextOrder.Instance.Compare((string)left!, (string)right!),
            _ => 0,
        };
    }

    private static int Rank(RenderState state, object? value) =>
        value switch
        {
            null => 0,
            bool => 1,
            DateValue => 3,
            TimeSpan => 4,
            string => 5,
            _ when Conversions.IsNumber(value) => 2,
            _ => throw state.Error($"Values of kind `{Formatting.KindOf(value)}` have no order"),
        };

    private static object? OnText(RenderState state, Operator op, object? left, object? right, Places at)
    {
        if (op == Operator.Multiply)
        {
            var swapped = right is string;
            var text = Formatting.ToText(state, swapped ? right : left);
            var count = Conversions.ToInt(swapped ? left : right)
                ?? throw state.Error(swapped ? at.Left : at.Right, "Expecting an integer. The operator `*` is only working on string x int or int x string");
            state.ChargeText((long)Math.Max(count, 0) * text.Length);
            return count <= 0 || text.Length == 0 ? ""
                : text.Length == 1 ? new string(text[0], count)
                : string.Concat(Enumerable.Repeat(text, count));
        }

        var (a, b) = (Formatting.ToText(state, left), Formatting.ToText(state, right));
        switch (op)
        {
            case Operator.Add:
                state.ChargeText((long)a.Length + b.Length);
                return a + b;
            case Operator.Equal:
                return Boxes.Of(IsSameText(left, right, a, b));
            case Operator.NotEqual:
                return Boxes.Of(!IsSameText(left, right, a, b));
            case Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual:
                return Boxes.Of(Holds(op, TextOrder.Instance.Compare(a, b)));
            default:
                throw state.Error(at.Operator, $"Operator `{op}` is not supported on string objects");
        }
    }

    /// <summary>Null is no text, also not the empty one.</summary>
    private static bool IsSameText(object? left, object? right, string a, string b) => left is not null && right is not null && a == b;

    public static bool Holds(Operator op, int order) =>
        op switch
        {
            Operator.Equal => order == 0,
            Operator.NotEqual => order != 0,
            Operator.Less => order < 0,
            Operator.LessOrEqual => order <= 0,
            Operator.Greater => order > 0,
            _ => order >= 0,
        };

    private static object? OnEmpty(Operator op, object? left, object? right)
    {
        if (left is EmptyValue && right is EmptyValue)
        {
            return op switch
            {
                Operator.Equal or Operator.LessOrEqual or Operator.GreaterOrEqual => Boxes.True,
                Operator.NotEqual or Operator.Less or Operator.Greater => Boxes.False,
                _ => EmptyValue.Instance,
            };
        }

        var isEmpty = IsEmpty(left is EmptyValue ? right : left);
        return op switch
        {
            Operator.Equal or Operator.LessOrEqual or Operator.GreaterOrEqual => isEmpty,
            Operator.NotEqual => isEmpty is bool flag ? Boxes.Of(!flag) : isEmpty,
            Operator.Less or Operator.Greater => Boxes.False,
            _ => EmptyValue.Instance,
        };
    }

    /// <summary>Whether a value has no elements; null for null.</summary>
    public static object? IsEmpty(object? value) =>
        value switch
        {
            null => null,
            string text => Boxes.Of(text.Length == 0),
            ListValue list => Boxes.Of(list.Count == 0),
            ObjectValue members => Boxes.Of(members.Count == 0),
            EmptyValue => Boxes.True,
            _ => Boxes.False,
        };

    private static object? OnNull(Operator op, bool both) =>
        op switch
        {
            Operator.Equal => Boxes.Of(both),
            Operator.NotEqual => Boxes.Of(!both),
            Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual => Boxes.False,
            _ => null,
        };

    private static object? OnOthers(RenderState state, Operator op, object left, object right, Places at)
    {
        switch (left, right, op)
        {
            case (bool, _, Operator.Equal or Operator.NotEqual):
            case (_, bool, Operator.Equal or Operator.NotEqual):
                return Boxes.Of(Conversions.ToBool(left) == Conversions.ToBool(right) == (op == Operator.Equal));
            case (ObjectValue or Functions.Function, _, Operator.NotEqual):
                return Boxes.Of(!Equals(left, right));
            case (DateValue a, DateValue b, Operator.Subtract):
                return a - b;
            case (DateValue a, DateValue b, >= Operator.Equal and <= Operator.GreaterOrEqual):
                return Boxes.Of(Holds(op, a.Order(b)));
            case (DateValue a, TimeSpan b, Operator.Add or Operator.Subtract):
                return Guarded(state, () => a.After(op == Operator.Add ? b : -b));
            case (TimeSpan a, TimeSpan b, Operator.Add or Operator.Subtract):
                return Guarded(state, () => op == Operator.Add ? a + b : a - b);
            case (TimeSpan a, TimeSpan b, >= Operator.Equal and <= Operator.GreaterOrEqual):
                return Boxes.Of(Holds(op, a.CompareTo(b)));
            case (_, _, Operator.Equal):
                return Boxes.Of(left.Equals(right));
            default:
                throw Unsupported(state, op, left, right, at.Operator);
        }
    }

    private static object Guarded<T>(RenderState state, Func<T> compute)
        where T : notnull
    {
        try
        {
            return compute();
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw state.Error(e.Message);
        }
    }
}
