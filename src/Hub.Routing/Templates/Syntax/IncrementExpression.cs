using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>++x</c>, <c>--x</c>, <c>x++</c>, <c>x--</c></summary>
internal sealed class IncrementExpression(PathExpression target, long by, bool isPostfix) : Expression
{
    public override object? Evaluate(RenderState state)
    {
        var before = UnaryExpression.Signed(state, target.Evaluate(state), negate: false, target.Start);
        var after = Operations.Apply(state, Operator.Add, before, by, new Operations.Places(target.Start, target.Start, target.Start));
        target.Assign(state, after);
        return isPostfix ? before : after;
    }

    public override void Collect(ReferenceCollector collector) => target.Collect(collector);
}
