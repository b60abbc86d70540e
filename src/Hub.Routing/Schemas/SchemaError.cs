namespace Hub.Routing.Schemas;

/// <summary>Something about a value that its schema does not allow.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) within the value; empty for the value itself.</param>
/// <param name="Keyword">The keyword that does not hold, such as <c>required</c>; <see cref="Limit"/> when checking had to stop.</param>
/// <param name="Message">A sentence for people. It tells what is asked for and repeats nothing of the value but names.</param>
public sealed record SchemaError(string Pointer, string Keyword, string Message)
{
    /// <summary>In place of a keyword: the value was not checked to its end, and therefore not accepted.</summary>
    public const string Limit = "limit";
}
