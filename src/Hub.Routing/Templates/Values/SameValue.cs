using System.Diagnostics.CodeAnalysis;

namespace Hub.Routing.Templates.Values;

/// <summary>Whether two elements of lists are the same: numbers by value, objects and arrays only when they are one.</summary>
internal sealed class SameValue : IEqualityComparer<object?>
{
    public static readonly SameValue Instance = new();

    public new bool Equals(object? x, object? y) => Conversions.IsNumber(x) && Conversions.IsNumber(y) ? Numbers.Compare(x!, y!) == 0 : object.Equals(x, y);

    public int GetHashCode([DisallowNull] object? obj) => Conversions.IsNumber(obj) ? Conversions.ToDouble(obj)!.Value.GetHashCode() : obj?.GetHashCode() ?? 0;
}
