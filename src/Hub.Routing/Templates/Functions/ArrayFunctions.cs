using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>array</c>: functions on lists. None changes the list it is given.</summary>
internal static class ArrayFunctions
{
    public static BuiltinGroup Create() =>
        new BuiltinGroup()
            .Add("add(list list, any value)", a =>
                a.List(0) is { } list ? new ArrayValue([.. Lists.Copy(a.State, list, 1), a[1]], list.IsIterator) : new ArrayValue([a[1]], true)
            )
            .Add("add_range(list list1, list list2)", Concat)
            .Add("concat(list list1, list list2)", Concat)
            .Add("compact(list list)", a => a.List(0) is { } list ? Where(a.State, list, item => item is not null) : null)
            .Add("uniq(list list)", a => a.List(0) is { } list ? Where(a.State, list, new HashSet<object?>(SameValue.Instance).Add) : null)
            .Add("contains(list list, any item)", a => Boxes.Of(a.List(0) is { } list && Any(list, item => SameValue.Instance.Equals(item, a[1]))))
            .Add("cycle(list list, any group = null)", Cycle)
            .Add("any(list list, any function, any args)", a =>
                Boxes.Of(a.List(0) is { } list && a.Callback(1) is { } test && Any(list, item => Test(a, test, item, (ArrayValue)a[2]!)))
            )
            .Add("each(list list, any function)", a => a.List(0) is not { } list ? null
                : a.Callback(1) is { } function ? Select(a.State, list, item => Call(a, function, item))
                : list)
            .Add("filter(list list, any function)", a => a.List(0) is not { } list ? null
                : a.Callback(1) is { } function ? Where(a.State, list, item => Conversions.ToBool(Call(a, function, item)))
                : list)
            .Add("first(list list)", a => a.List(0)?[0])
            .Add("last(list list)", a => a.List(0) is { } list ? list[list.Count - 1] : null)
            .Add("insert_at(list list, int index, any value)", InsertAt)
            .Add("remove_at(list list, int index)", RemoveAt)
            .Add("join(list list, text delimiter, any function = null)", Join)
            .Add("limit(list list, int count)", a => a.List(0) is { } list ? Range(a.State, list, 0, Math.Clamp(a.Int(1), 0, list.Count)) : null)
            .Add("offset(list list, int index)", a => a.List(0) is { } list ? Range(a.State, list, Math.Clamp(a.Int(1), 0, list.Count), list.Count) : null)
            .Add("reverse(list list)", a => a.List(0) is { } list ? Reverse(a.State, list) : new ArrayValue([], isIterator: true))
            .Add("size(list list)", a => Boxes.Of(a.List(0)?.Count ?? 0))
            .Add("map(any list, text member)", Map)
            .Add("sort(any list, text member = null)", ArraySorting.Sort);

    private static object? Concat(Arguments a) =>
        (a.List(0), a.List(1)) switch
        {
            (null, null) => null,
            ({ } left, { } right) => Lists.Concat(a.State, left, right),
            var (left, right) => new ArrayValue(Lists.Copy(a.State, (left ?? right)!), isIterator: true),
        };

    private static bool Any(ListValue list, Func<object?, bool> test)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (test(list[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static ArrayValue Where(RenderState state, ListValue list, Func<object?, bool> test)
    {
        var kept = new List<object?>();
        for (var i = 0; i < list.Count; i++)
        {
            if (test(list[i]))
            {
                state.ChargeElements(1);
                kept.Add(list[i]);
            }
        }

        return new ArrayValue(kept, isIterator: true);
    }

    private static ArrayValue Select(RenderState state, ListValue list, Func<object?, object?> transform)
    {
        var made = new List<object?>();
        for (var i = 0; i < list.Count; i++)
        {
            state.ChargeElements(1);
            made.Add(transform(list[i]));
        }

        return new ArrayValue(made, isIterator: true);
    }

    private static ArrayValue Range(RenderState state, ListValue list, int start, int end)
    {
        state.ChargeElements(end - start);
        var kept = new List<object?>(end - start);
        for (var i = start; i < end; i++)
        {
            kept.Add(list[i]);
        }

        return new ArrayValue(kept, isIterator: true);
    }

    private static ArrayValue Reverse(RenderState state, ListValue list)
    {
        var items = Lists.Copy(state, list);
        items.Reverse();
        return new ArrayValue(items, isIterator: true);
    }

    private static object? Call(Arguments a, Function function, object? item)
    {
        a.State.Iterate();
        return a.State.Calls.Call(function, a.Site, item);
    }

    private static bool Test(Arguments a, Function test, object? item, ArrayValue more)
    {
        a.State.Iterate();
        return Conversions.ToBool(a.State.Calls.Call(test, a.Site, [item, .. more.Items]));
    }

    /// <summary>Each group goes round on its own; without a name, lists that look the same are one group.</summary>
    private static object? Cycle(Arguments a)
    {
        if (a.List(0) is not { Count: > 0 } list)
        {
            return null;
        }

        var group = a[1] is null ? JoinItems(a, list, ",", null) : Formatting.ToText(a.State, a[1]);
        var cycles = a.State.Cycles ??= new(StringComparer.Ordinal);
        var at = cycles.GetValueOrDefault(group) % list.Count;
        cycles[group] = at + 1;
        return list[at];
    }

    private static ArrayValue InsertAt(Arguments a)
    {
        var index = Math.Max(a.Int(1), 0);
        var items = a.List(0) is { } list ? Lists.Copy(a.State, list, 1) : [];
        a.State.ChargeElements(Math.Max(0, (long)index - items.Count));
        while (items.Count < index)
        {
            items.Add(null);
        }

        items.Insert(index, a[2]);
        return new ArrayValue(items);
    }

    private static ArrayValue RemoveAt(Arguments a)
    {
        var items = a.List(0) is { } list ? Lists.Copy(a.State, list) : [];
        var index = a.Int(1) < 0 ? items.Count + a.Int(1) : a.Int(1);
        if (index >= 0 && index < items.Count)
        {
            items.RemoveAt(index);
        }

        return new ArrayValue(items);
    }

    private static string Join(Arguments a) => a.List(0) is { } list ? JoinItems(a, list, a.Text(1) ?? "", a.Callback(2)) : "";

    private static string JoinItems(Arguments a, ListValue list, string delimiter, Function? function)
    {
        var buffer = new TextBuffer(64);
        try
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (i > 0)
                {
                    buffer.Append(delimiter);
                }

                var text = Formatting.ToText(a.State, list[i]);
                buffer.Append(function is null ? text : Formatting.ToText(a.State, Call(a, function, text)));
                if (buffer.Length > a.State.Limits.StringLength)
                {
                    throw a.State.Reached(nameof(TemplateLimits.StringLength), a.State.Limits.StringLength);
                }
            }

            a.State.ChargeText(buffer.Length);
            return buffer.Text.ToString();
        }
        finally
        {
            buffer.Release();
        }
    }

    private static ArrayValue Map(Arguments a)
    {
        var made = new List<object?>();
        if (a[0] is not null && a.Text(1) is { } text)
        {
            var member = new MemberName(text);
            var list = Conversions.ToList(a.State, a[0]) ?? new ArrayValue([a[0]]);
            for (var i = 0; i < list.Count; i++)
            {
                if (Members.Has(list[i], member))
                {
                    a.State.ChargeElements(1);
                    made.Add(Members.Get(list[i]!, member));
                }
            }
        }

        return new ArrayValue(made, isIterator: true);
    }
}
