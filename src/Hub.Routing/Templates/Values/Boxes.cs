namespace Hub.Routing.Templates.Values;

/// <summary>Shared boxes of the commonest values.</summary>
internal static class Boxes
{
    private const int First = -16;
    private static readonly object[] Integers = [.. Enumerable.Range(First, 1024).Select(i => (object)(long)i)];

    public static readonly object True = true;
    public static readonly object False = false;

    public static object Of(bool value) => value ? True : False;

    public static object Of(long value) => value >= First && value < First + Integers.Length ? Integers[value - First] : value;
}
