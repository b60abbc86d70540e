using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Values;

/// <summary>The members of values of every kind. A member that is not there is null.</summary>
internal static class Members
{
    public static object? Get(object owner, MemberName name)
    {
        switch (owner)
        {
            case ObjectValue members:
                return members.TryGet(name, out var value) ? value : null;
            case ListValue list:
                return name.Text == "size" ? Boxes.Of(list.Count)
                    : list is ArrayValue { Attached: { } attached } && attached.TryGet(name, out var extra) ? extra
                    : null;
            case string text:
                return name.Text == "size" ? Boxes.Of(Hub.Fields.Characters.Count(text)) : null;
            case DateValue date:
                return DateFormatting.Member(date, name.Text);
            case TimeSpan span:
                return TimespanFunctions.Member(span, name.Text);
            default:
                return null;
        }
    }

    public static bool Has(object? owner, MemberName name) =>
        owner switch
        {
            ObjectValue members => members.TryGet(name, out _),
            ArrayValue { Attached: { } attached } => name.Text == "size" || attached.TryGet(name, out _),
            ListValue or string => name.Text == "size",
            DateValue or TimeSpan => Get(owner, name) is not null,
            _ => false,
        };

    /// <summary>False when the member cannot be written.</summary>
    public static bool TrySet(RenderState state, object owner, string name, object? value)
    {
        switch (owner)
        {
            case ObjectValue members:
                return members.TrySet(state, name, value);
            case ArrayValue array when name != "size":
                return (array.Attached ??= new ObjectValue()).TrySet(state, name, value);
            default:
                return false;
        }
    }
}
