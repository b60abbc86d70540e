using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>target.empty?</c></summary>
internal sealed class EmptyTest(Expression target) : PathExpression
{
    public override object? Read(RenderState state) => Operations.IsEmpty(target.EvaluateAsTarget(state));

    public override void Assign(RenderState state, object? value) => throw state.Error(Start, "The `.empty?` property cannot be set");

    public override void Collect(ReferenceCollector collector) => target.Collect(collector);
}
