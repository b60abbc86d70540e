namespace Hub.Routing.JsonPath;

/// <summary>A query that cannot be parsed: where, what was expected, and a hint.</summary>
public sealed class JsonPathException(int position, string message) : FormatException(message)
{
    /// <summary>The zero-based offset into the query, in UTF-16 code units.</summary>
    public int Position { get; } = position;
}
