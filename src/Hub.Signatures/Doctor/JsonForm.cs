namespace Hub.Signatures.Doctor;

/// <summary>A form in which libraries write JSON.</summary>
/// <param name="What">Ends the sentence "written as JSON …".</param>
/// <param name="Comma">Between items, when not indented.</param>
/// <param name="Colon">Between name and value.</param>
/// <param name="Indent">One level of indentation; null for one line.</param>
/// <param name="Sorted">Whether names are in order.</param>
/// <param name="Escape">How strings are written.</param>
/// <param name="PlainNumbers">Whether numbers are written as JavaScript does: 1.0 as 1.</param>
internal sealed record JsonForm(
    string What,
    string Comma,
    string Colon,
    string? Indent = null,
    bool Sorted = false,
    JsonEscape Escape = JsonEscape.AsGiven,
    bool PlainNumbers = false
)
{
    /// <summary>The commonest first.</summary>
    public static readonly IReadOnlyList<JsonForm> Common =
    [
        new("in one line without spaces", ",", ":"),
        new("in one line without spaces, as JavaScript does", ",", ":", Escape: JsonEscape.Minimal, PlainNumbers: true),
        new("with a space after colons and commas, as Python does", ", ", ": "),
        new("with a space after colons and commas and escaped characters, as Python does", ", ", ": ", Escape: JsonEscape.Ascii),
        new("with a space after colons and commas and plain characters", ", ", ": ", Escape: JsonEscape.Minimal),
        new("indented by two spaces", ",", ": ", "  "),
        new("indented by two spaces, as JavaScript does", ",", ": ", "  ", Escape: JsonEscape.Minimal, PlainNumbers: true),
        new("indented by four spaces", ",", ": ", "    "),
        new("indented by tabs", ",", ": ", "\t"),
        new("without spaces and its names in order", ",", ":", Sorted: true),
        new("without spaces, plain, and its names in order", ",", ":", Sorted: true, Escape: JsonEscape.Minimal),
        new("with a space after colons and commas and its names in order", ", ", ": ", Sorted: true),
        new("with a space after colons and commas, escaped, and its names in order", ", ", ": ", Sorted: true, Escape: JsonEscape.Ascii),
        new("without spaces, escaped, and its names in order", ",", ":", Sorted: true, Escape: JsonEscape.Ascii),
        new("indented by two spaces and its names in order", ",", ": ", "  ", Sorted: true),
        new("indented by four spaces and its names in order", ",", ": ", "    ", Sorted: true),
        new("in one line with escaped characters", ",", ":", Escape: JsonEscape.Ascii),
        new("in one line with escaped characters and slashes, as PHP does", ",", ":", Escape: JsonEscape.Php),
        new("in one line with escaped markup, as Go does", ",", ":", Escape: JsonEscape.Go),
        new("in one line, as .NET does", ",", ":", Escape: JsonEscape.DotNet),
        new("indented by two spaces, as .NET does", ",", ": ", "  ", Escape: JsonEscape.DotNet),
        new("indented by four spaces, as PHP does", ",", ": ", "    ", Escape: JsonEscape.Php),
        new("indented by two spaces with escaped characters", ",", ": ", "  ", Escape: JsonEscape.Ascii),
        new("indented by four spaces with escaped characters", ",", ": ", "    ", Escape: JsonEscape.Ascii),
    ];
}

/// <summary>How a JSON string's characters are written.</summary>
internal enum JsonEscape
{
    /// <summary>As in the text that was read.</summary>
    AsGiven,

    /// <summary>Only what must be.</summary>
    Minimal,

    /// <summary>All but ASCII.</summary>
    Ascii,

    /// <summary>All but ASCII, and slashes.</summary>
    Php,

    /// <summary>What must be, and &lt;, &gt;, &amp;.</summary>
    Go,

    /// <summary>As System.Text.Json does unless told otherwise.</summary>
    DotNet,
}
