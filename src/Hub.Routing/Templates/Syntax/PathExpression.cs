using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Syntax;

/// <summary>Something that can be assigned to; reading a function calls it.</summary>
internal abstract class PathExpression : Expression
{
    /// <summary>Whether this is a chain of constant names from the model on, each of which must be there.</summary>
    public virtual bool IsPlainChain => false;

    public abstract object? Read(RenderState state);

    public abstract void Assign(RenderState state, object? value);

    public override object? Evaluate(RenderState state) =>
        Read(state) is var value && value is Function function ? state.Calls.Call(function, this, [], piped: true) : value;

    public override object? EvaluateUncalled(RenderState state) => Read(state);

    public override object? EvaluateAsTarget(RenderState state) =>
        Read(state) is var value && value is Function function ? state.Calls.Call(function, this, [], piped: false) : value;
}
