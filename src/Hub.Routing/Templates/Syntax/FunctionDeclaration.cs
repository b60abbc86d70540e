using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>name(x) = expression</c>; it only passes through the parser, which makes a statement of it.</summary>
internal sealed class FunctionDeclaration(ScriptFunction function) : Expression
{
    public ScriptFunction Function { get; } = function;

    public override object? Evaluate(RenderState state) => Function;
}
