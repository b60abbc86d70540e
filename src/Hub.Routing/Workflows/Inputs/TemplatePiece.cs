namespace Hub.Routing.Workflows.Inputs;

/// <summary>A stretch of a template as written: text of its own, code that gives a value, or code that only steers.</summary>
internal readonly record struct TemplatePiece(string Text, TemplatePieceKind Kind);

internal enum TemplatePieceKind
{
    Literal,
    Value,
    Statement,
}
