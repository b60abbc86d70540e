namespace Hub.Routing.Templates;

/// <summary>A template that cannot be parsed or evaluated.</summary>
public sealed class TemplateException(int line, int column, string message) : FormatException(message)
{
    /// <summary>One-based line of the fault.</summary>
    public int Line { get; } = line;

    /// <summary>One-based column of the fault.</summary>
    public int Column { get; } = column;
}
