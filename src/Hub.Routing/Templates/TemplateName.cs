namespace Hub.Routing.Templates;

/// <summary>A name that a template uses, and where.</summary>
/// <param name="Line">One-based.</param>
/// <param name="Column">One-based.</param>
public sealed record TemplateName(string Name, int Line, int Column);
