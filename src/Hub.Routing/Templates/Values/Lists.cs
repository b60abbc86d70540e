using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Values;

/// <summary>What operators do with lists: joining, repeating, cutting, comparing element by element.</summary>
internal static class Lists
{
    public static object? Apply(RenderState state, Operator op, object? left, object? right, Operations.Places at)
    {
        var (a, b) = (left as ListValue, right as ListValue);
        switch (op)
        {
            case Operator.Add:
                return Concat(state, a ?? throw NotAList(at.Left), b ?? throw NotAList(at.Right));
            case Operator.Multiply when a is null != b is null:
                return Repeat(state, (a ?? b)!, Count(a is null ? left : right, a is null ? at.Left : at.Right));
            case Operator.Divide or Operator.DivideRound or Operator.Modulus:
                var list = a ?? throw NotAList(at.Left);
                var count = Count(right, at.Right);
                return count == 0 ? throw state.Error(at.Right, "Cannot divide by zero") : Cut(state, list, count, op == Operator.Modulus);
            case Operator.ShiftLeft:
                return With(state, a ?? throw NotAList(at.Left), right, atEnd: true);
            case Operator.ShiftRight:
                return With(state, b ?? throw NotAList(at.Right), left, atEnd: false);
            case Operator.Equal or Operator.NotEqual when a is null || b is null:
                return Boxes.Of(op == Operator.NotEqual);
            case >= Operator.Equal and <= Operator.GreaterOrEqual:
                return Boxes.Of(Compare(state, op, a ?? throw NotAList(at.Left), b ?? throw NotAList(at.Right), at, 1));
            default:
                throw Operations.Unsupported(state, op, left, right, at.Operator);
        }

        TemplateException NotAList(int place) => Operations.Unsupported(state, op, left, right, place);

        int Count(object? value, int place) => Conversions.ToInt(value) is >= 0 and var number ? number : throw NotAList(place);
    }

    public static ArrayValue Concat(RenderState state, ListValue left, ListValue right)
    {
        state.ChargeElements((long)left.Count + right.Count);
        var items = new List<object?>(left.Count + right.Count);
        AddAll(items, left);
        AddAll(items, right);
        return new ArrayValue(items, isIterator: true);
    }

    /// <summary>A new array of a list's elements.</summary>
    public static List<object?> Copy(RenderState state, ListValue list, int room = 0)
    {
        state.ChargeElements((long)list.Count + room);
        var items = new List<object?>(list.Count + room);
        AddAll(items, list);
        return items;
    }

    private static void AddAll(List<object?> items, ListValue list)
    {
        var count = list.Count;
        for (var i = 0; i < count; i++)
        {
            items.Add(list[i]);
        }
    }

    private static ArrayValue Repeat(RenderState state, ListValue list, int count)
    {
        state.ChargeElements((long)list.Count * count);
        var items = new List<object?>(list.Count * count);
        for (var i = 0; i < count && list.Count > 0; i++)
        {
            AddAll(items, list);
        }

        return new ArrayValue(items);
    }

    private static ArrayValue Cut(RenderState state, ListValue list, int divisor, bool everyNth)
    {
        var items = new List<object?>();
        var (end, step) = everyNth ? (list.Count, divisor) : (list.Count / divisor, 1);
        for (var i = 0; i < end; i += step)
        {
            state.ChargeElements(1);
            items.Add(list[i]);
        }

        return new ArrayValue(items);
    }

    private static ArrayValue With(RenderState state, ListValue list, object? item, bool atEnd)
    {
        var items = Copy(state, list, 1);
        items.Insert(atEnd ? items.Count : 0, item);
        return new ArrayValue(items, list.IsIterator);
    }

    /// <summary>Shorter is less; lists of one length compare as all their elements do.</summary>
    private static bool Compare(RenderState state, Operator op, ListValue left, ListValue right, Operations.Places at, int depth)
    {
        Formatting.CheckDepth(state, depth);
        var order = left.Count.CompareTo(right.Count);
        if (order != 0 || left.Count == 0)
        {
            return Operations.Holds(op, order);
        }

        for (var i = 0; i < left.Count; i++)
        {
            state.ChargeElements(1);
            var holds =
                left[i] is ListValue a && right[i] is ListValue b
                    ? Compare(state, op, a, b, at, depth + 1)
                    : Conversions.ToBool(Operations.Apply(state, op, left[i], right[i], at));
            if (op == Operator.NotEqual ? holds : !holds)
            {
                return op == Operator.NotEqual;
            }
        }

        return op != Operator.NotEqual;
    }
}
