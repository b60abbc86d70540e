namespace Hub.Routing.JsonPath.Parsing;

/// <summary>A cursor over the query's text, which also counts nesting so that no query can exhaust the call stack.</summary>
internal sealed class QueryScanner(string text)
{
    private const int MaxNesting = 64;

    private int _nesting;

    public string Text { get; } = text;

    public int Position { get; set; }

    public bool AtEnd => Position >= Text.Length;

    /// <summary>The UTF-16 unit at the position; at the end, NUL, which the grammar allows nowhere.</summary>
    public char Current => Peek(0);

    public char Peek(int ahead) => Position + ahead < Text.Length ? Text[Position + ahead] : '\0';

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
        {
            Position++;
        }
    }

    public bool TryTake(char expected)
    {
        if (Current != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool TryTake(string expected)
    {
        if (!Text.AsSpan(Position).StartsWith(expected))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    public void Take(char expected, string meaning, string? hint = null)
    {
        if (!TryTake(expected))
        {
            throw Error(meaning, hint);
        }
    }

    public void Enter()
    {
        if (++_nesting > MaxNesting)
        {
            throw Error($"at most {MaxNesting} levels of nested filters, parentheses and calls");
        }
    }

    public void Leave() => _nesting--;

    public JsonPathException Error(string expected, string? hint = null, int? at = null)
    {
        var position = at ?? Position;
        return new JsonPathException(position, expected, Describe(position), hint);
    }

    private string Describe(int position)
    {
        if (position >= Text.Length)
        {
            return "the end of the query";
        }

        var c = Text[position];
        return c is ' ' or '\t' or '\n' or '\r' ? "white space"
            : char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}"
            : $"'{c}'";
    }
}
