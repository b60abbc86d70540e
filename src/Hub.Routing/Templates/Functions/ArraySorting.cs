using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>array.sort</c>: by the values themselves or by one of their members.</summary>
internal static class ArraySorting
{
    /// <summary>Stable; a dotted member is looked up as it stands first, then step by step.</summary>
    public static ArrayValue Sort(Arguments a)
    {
        if (a[0] is null)
        {
            return new ArrayValue([], isIterator: true);
        }

        var list = Conversions.ToList(a.State, a[0]) ?? new ArrayValue([a[0]]);
        var member = a.Text(1) is { Length: > 0 } text ? text : null;
        var keyed = Lists.Copy(a.State, list).Select((item, i) => (Item: item, Key: member is null ? item : Path(item, member), Index: i)).ToList();
        var compared = 0;
        keyed.Sort(
            (x, y) =>
            {
                if ((++compared & 1023) == 0)
                {
                    a.State.CheckTime();
                }

                return Operations.Compare(a.State, x.Key, y.Key) is not 0 and var order ? order : x.Index.CompareTo(y.Index);
            }
        );
        return new ArrayValue(keyed.ConvertAll(k => k.Item));
    }

    private static object? Path(object? item, string member)
    {
        var exact = new MemberName(member);
        if (item is null || Members.Has(item, exact) || !member.Contains('.', StringComparison.Ordinal))
        {
            return item is null ? null : Members.Get(item, exact);
        }

        foreach (var part in member.Split('.'))
        {
            item = item is null ? null : Members.Get(item, new MemberName(part));
        }

        return item;
    }
}
