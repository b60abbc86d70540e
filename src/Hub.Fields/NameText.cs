using System.Text;

namespace Hub.Fields;

/// <summary>What things are called: a text of so many characters as people count them, and of no more bytes than an index of the database can hold.</summary>
public static class NameText
{
    /// <summary>In UTF-8. PostgreSQL takes 2704 into an index; the rest is for columns beside the name.</summary>
    public const int MostBytes = 2000;

    /// <summary>Whether a text is neither blank nor too long and holds no control characters.</summary>
    public static bool IsName(string? text, int most) => !string.IsNullOrWhiteSpace(text) && Fits(text, most) && !text.Any(char.IsControl);

    /// <summary>Whether a text is not too long. The bytes are looked at first, so that a huge one is not read character by character.</summary>
    public static bool Fits(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= MostBytes && Encoding.UTF8.GetByteCount(text) <= MostBytes && Characters.Count(text) <= most;
    }
}
