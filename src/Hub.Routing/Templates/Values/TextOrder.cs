namespace Hub.Routing.Templates.Values;

/// <summary>
/// The order of texts for people: punctuation, digits, letters; case counts only between otherwise equal texts, lower first.
/// Written out because the culture's own order is byte order wherever globalization is invariant.
/// </summary>
internal sealed class TextOrder : IComparer<string>
{
    private const string Punctuation = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

    public static readonly TextOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i] && Weight(x[i]).CompareTo(Weight(y[i])) is not 0 and var order)
            {
                return order;
            }
        }

        if (x.Length != y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }

        for (var i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                return char.IsLower(x[i]) ? -1
                    : char.IsLower(y[i]) ? 1
                    : x[i].CompareTo(y[i]);
            }
        }

        return 0;
    }

    private static int Weight(char c)
    {
        if (char.IsWhiteSpace(c) || char.IsControl(c))
        {
            return c;
        }

        if (c < 128 && Punctuation.IndexOf(c) is >= 0 and var at)
        {
            return 0x100 + at;
        }

        return char.IsLetter(c) ? 0x20000 + char.ToUpperInvariant(c)
            : char.IsDigit(c) ? 0x10000 + c
            : 0x200 + c;
    }
}
