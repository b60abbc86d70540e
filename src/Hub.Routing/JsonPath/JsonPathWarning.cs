namespace Hub.Routing.JsonPath;

/// <summary>Something valid that cannot do what its author meant, such as a pattern that never matches.</summary>
/// <param name="Position">The zero-based offset into the query, in UTF-16 code units.</param>
public sealed record JsonPathWarning(int Position, string Message);
