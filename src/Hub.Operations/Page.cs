namespace Hub.Operations;

/// <summary>A page of a list that is walked by number.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Count">Rows in the whole list.</param>
public sealed record CountedPage<T>(IReadOnlyList<T> Items, int Count, int Limit, int Offset);

/// <summary>A page of a list that only grows, walked by key: rows that arrive meanwhile move nothing.</summary>
/// <param name="Items">The rows, newest first.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next page; null at the end.</param>
public sealed record KeysetPage<T>(IReadOnlyList<T> Items, Guid? Next);

public static class KeysetPage
{
    /// <summary>Makes a page of rows that were read one more than asked for.</summary>
    public static KeysetPage<T> Of<T>(List<T> rows, int limit, Func<T, Guid> id) =>
        rows.Count > limit ? new(rows[..limit], id(rows[limit - 1])) : new(rows, null);
}

/// <summary>How many rows a list gives at once.</summary>
public static class PageSize
{
    public const int Default = 50;
    public const int Most = 200;
}
