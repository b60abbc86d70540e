namespace Hub.Routing.Templates;

/// <summary>A regular expression that a template writes out, and where.</summary>
/// <param name="Line">One-based.</param>
/// <param name="Column">One-based.</param>
public sealed record TemplatePattern(string Pattern, string Flags, int Line, int Column);
