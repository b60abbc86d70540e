using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>left operator right</c></summary>
internal sealed class BinaryExpression(Operator op, Expression left, Expression right, int operatorStart) : Expression
{
    public override object? Evaluate(RenderState state)
    {
        var first = left.Evaluate(state);
        switch (op)
        {
            case Operator.And:
                return Boxes.Of(Conversions.ToBool(first) && Conversions.ToBool(right.Evaluate(state)));
            case Operator.Or:
                return Boxes.Of(Conversions.ToBool(first) || Conversions.ToBool(right.Evaluate(state)));
            default:
                var second = right.Evaluate(state);
                return Operations.Apply(state, op, first, second, new Operations.Places(operatorStart, left.Start, right.Start));
        }
    }

    public override void Collect(ReferenceCollector collector)
    {
        left.Collect(collector);
        right.Collect(collector);
    }
}
