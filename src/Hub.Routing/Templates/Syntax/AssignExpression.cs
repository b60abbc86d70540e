using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>target = value</c>, or with an operator <c>target += value</c></summary>
internal sealed class AssignExpression(PathExpression target, Operator? op, Expression value) : Expression
{
    public override object? Evaluate(RenderState state)
    {
        var assigned = value.Evaluate(state);
        if (op is not null)
        {
            assigned = Operations.Apply(state, op.Value, target.Evaluate(state), assigned, new Operations.Places(Start, target.Start, value.Start));
        }

        state.At = Start;
        target.Assign(state, assigned);
        return null;
    }

    public override void Collect(ReferenceCollector collector)
    {
        value.Collect(collector);
        if (target is GlobalVariable variable)
        {
            collector.Assigned(variable.Name.Text);
        }
        else if (target is LocalVariable local)
        {
            collector.AssignedLocal(local.Name.Text);
        }
        else
        {
            target.Collect(collector);
        }
    }
}
