using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>(expression)</c></summary>
internal sealed class NestedExpression(Expression inner) : PathExpression
{
    public Expression Inner { get; } = inner;

    public override Escaping Escaping => Inner.Escaping;

    public override object? Read(RenderState state)
    {
        // What is piped from outside is not for the functions within.
        var frame = state.Calls.StartPipes();
        var value = Inner.Evaluate(state);
        state.Calls.EndPipes(frame);
        return value;
    }

    public override void Assign(RenderState state, object? value)
    {
        if (Inner is not PathExpression path)
        {
            throw state.Error(Inner.Start, "Unsupported target expression for assignment.");
        }

        path.Assign(state, value);
    }

    public override void Collect(ReferenceCollector collector) => Inner.Collect(collector);
}
