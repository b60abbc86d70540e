namespace Hub.Routing.Templates.Values;

/// <summary>The integers from one to another, up or down, never held in memory.</summary>
internal sealed class RangeValue(long first, long step, int count) : ListValue
{
    public override int Count => count;

    public override bool IsIterator => true;

    public override object? this[int index] => index >= 0 && index < count ? Boxes.Of(first + (index * step)) : null;
}
