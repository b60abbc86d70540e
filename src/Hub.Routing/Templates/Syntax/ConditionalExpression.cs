using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>condition ? yes : no</c></summary>
internal sealed class ConditionalExpression(Expression condition, Expression yes, Expression no) : Expression
{
    public override object? Evaluate(RenderState state) => Conversions.ToBool(condition.Evaluate(state)) ? yes.Evaluate(state) : no.Evaluate(state);

    public override void Collect(ReferenceCollector collector)
    {
        condition.Collect(collector);
        yes.Collect(collector);
        no.Collect(collector);
    }
}
