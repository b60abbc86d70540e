namespace Hub.Routing.Templates.Parsing;

/// <summary>Tells the lines and columns of many places in one text.</summary>
internal sealed class TextLines
{
    private readonly List<int> _starts = [0];

    public TextLines(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (EndsLine(text, i))
            {
                _starts.Add(i + 1);
            }
        }
    }

    /// <summary>One-based line and column, the column in UTF-16 code units.</summary>
    public (int Line, int Column) PlaceOf(int offset)
    {
        var at = _starts.BinarySearch(offset);
        var line = at >= 0 ? at : ~at - 1;
        return (line + 1, offset - _starts[line] + 1);
    }

    /// <summary>Whether the character ends a line: LF, CR LF or CR.</summary>
    public static bool EndsLine(string text, int at) => text[at] == '\n' || (text[at] == '\r' && (at + 1 >= text.Length || text[at + 1] != '\n'));
}
