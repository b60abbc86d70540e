using Hub.Routing.Templates.Parsing;

namespace Hub.Routing.Templates;

/// <summary>A template that cannot be parsed or evaluated.</summary>
public sealed class TemplateException(int line, int column, string message, string? limit = null) : FormatException(message)
{
    /// <summary>One-based line of the error.</summary>
    public int Line { get; } = line;

    /// <summary>One-based column of the error, in UTF-16 code units.</summary>
    public int Column { get; } = column;

    /// <summary>The property of <see cref="TemplateLimits"/> that was reached; null when the error is another.</summary>
    public string? Limit { get; } = limit;

    /// <summary>Whether the limit that was reached is one of size.</summary>
    public bool IsOfSize =>
        Limit
            is nameof(TemplateLimits.OutputLength)
                or nameof(TemplateLimits.StringLength)
                or nameof(TemplateLimits.TextProduced)
                or nameof(TemplateLimits.Elements);

    internal static TemplateException At(string text, int offset, string message, string? limit = null)
    {
        var (line, column) = (1, 1);
        offset = Math.Clamp(offset, 0, text.Length);
        for (var i = 0; i < offset; i++)
        {
            if (TextLines.EndsLine(text, i))
            {
                line++;
                column = 1;
            }
            else
            {
                column++;
            }
        }

        return new TemplateException(line, column, message, limit);
    }
}
