using Hub.Fields;
using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>target[index]</c></summary>
internal sealed class IndexExpression(Expression target, Expression index, ModelPath? path) : PathExpression
{
    public Expression Target { get; } = target;

    public Expression Index { get; } = index;

    /// <summary>The path into the model; null when the chain starts elsewhere or is not constant.</summary>
    public ModelPath? Path { get; } = path;

    public override bool IsPlainChain => Path is not null && Target is PathExpression { IsPlainChain: true };

    public override object? Read(RenderState state)
    {
        // An element of nothing is nothing, and so is the element that nothing names.
        if (Target.EvaluateAsTarget(state) is not { } owner || Index.Evaluate(state) is not { } key)
        {
            return null;
        }

        switch (owner)
        {
            case ListValue when key is string name:
                return Members.Get(owner, new MemberName(name));
            case ListValue list:
                return list[Position(state, key, list.Count)];
            case string text:
                var count = Characters.Count(text);
                var at = Position(state, key, count);
                return at >= 0 && at < count ? TextCutting.Slice(text, at, 1) : null;
            case ObjectValue or DateValue or TimeSpan:
                return Members.Get(owner, new MemberName(Formatting.ToText(state, key)));
            default:
                throw state.Error(Target.Start, $"Cannot use the {Formatting.KindOf(owner)} as a list.");
        }
    }

    public override void Assign(RenderState state, object? value)
    {
        var owner = Target.EvaluateAsTarget(state) ?? throw state.Error(Target.Start, "Cannot access an element of a null object");
        var key = Index.Evaluate(state) ?? throw state.Error(Index.Start, "Cannot access an element with a null index");
        switch (owner)
        {
            case ArrayValue array when key is not string:
                var at = Position(state, key, array.Count);
                if (at >= 0)
                {
                    array.Set(state, at, value);
                }

                return;
            case ObjectValue or ArrayValue:
                var name = Formatting.ToText(state, key);
                if (!Members.TrySet(state, owner, name, value))
                {
                    throw state.Error(Index.Start, $"Cannot set a value for the readonly member `{name}`");
                }

                return;
            default:
                throw state.Error(owner is string ? Index.Start : Target.Start, $"Cannot set an element of the {Formatting.KindOf(owner)}.");
        }
    }

    public override void Write(RenderState state)
    {
        if (Path is null || !Path.TryRead(state, out var member) || !state.Output.TryWriteJson(member))
        {
            base.Write(state);
        }
    }

    public override void Collect(ReferenceCollector collector)
    {
        if (Path is not null)
        {
            collector.Add(Path.Names, Start);
            return;
        }

        if (Target is GlobalVariable group && Index is Literal { Value: string name })
        {
            collector.AddMember(group.Name.Text, name, Start);
        }

        Target.Collect(collector);
        Index.Collect(collector);
    }

    private int Position(RenderState state, object key, int count)
    {
        var at = Conversions.ToInt(key) ?? throw state.Error(Index.Start, $"Unable to convert type `{Formatting.KindOf(key)}` to int");
        return at < 0 ? count + at : at;
    }
}
