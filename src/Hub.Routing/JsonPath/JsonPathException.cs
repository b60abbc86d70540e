namespace Hub.Routing.JsonPath;

/// <summary>A query that cannot be parsed: where, what was expected there, and how to mend it.</summary>
public sealed class JsonPathException : FormatException
{
    internal JsonPathException(int position, string expected, string found, string? hint)
        : base($"At character {position + 1}: {ProblemOf(expected, found, hint)}")
    {
        Position = position;
        Problem = ProblemOf(expected, found, hint);
        Expected = expected;
        Hint = hint;
    }

    /// <summary>The zero-based offset into the query, in UTF-16 code units.</summary>
    public int Position { get; }

    /// <summary>What was expected there, what was found, and the hint: the message without the place.</summary>
    public string Problem { get; }

    /// <summary>What the grammar allows at that place.</summary>
    public string Expected { get; }

    /// <summary>A remedy for the usual mistakes; null when there is nothing better to say than <see cref="Expected"/>.</summary>
    public string? Hint { get; }

    private static string ProblemOf(string expected, string found, string? hint) => $"expected {expected}, found {found}." + (hint is null ? "" : $" {hint}");
}
