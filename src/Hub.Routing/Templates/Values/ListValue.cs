namespace Hub.Routing.Templates.Values;

/// <summary>A sequence: an array, what an iterating function gives, or a range of integers.</summary>
internal abstract class ListValue
{
    public abstract int Count { get; }

    /// <summary>Whether the language calls it an iterator rather than an array.</summary>
    public abstract bool IsIterator { get; }

    /// <summary>The element, or null outside of the list.</summary>
    public abstract object? this[int index] { get; }
}
