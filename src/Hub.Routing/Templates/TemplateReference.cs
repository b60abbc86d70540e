namespace Hub.Routing.Templates;

/// <summary>A chain of members that a template reads from its model, and where: <c>steps.fetch.output</c>.</summary>
/// <param name="Path">The names, the root first.</param>
/// <param name="Line">One-based line of the root.</param>
/// <param name="Column">One-based column of the root.</param>
public sealed record TemplateReference(IReadOnlyList<string> Path, int Line, int Column);
