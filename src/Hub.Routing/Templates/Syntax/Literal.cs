using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Syntax;

internal sealed class Literal(object? value) : Expression
{
    public object? Value { get; } = value;

    public override object? Evaluate(RenderState state) => Value;
}
