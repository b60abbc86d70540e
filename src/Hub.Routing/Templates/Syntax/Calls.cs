using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>name: value</c> in a call; without a value it is true.</summary>
internal sealed class NamedArgument(string name, Expression? value) : Expression
{
    public string Name { get; } = name;

    public Expression? Value { get; } = value;

    public override object? Evaluate(RenderState state) => Value is null ? Values.Boxes.True : Value.Evaluate(state);

    public override void Collect(ReferenceCollector collector) => Value?.Collect(collector);
}

/// <summary><c>function a b</c> or <c>function(a, b)</c>. What is piped to a call is its first argument.</summary>
internal sealed class CallExpression(Expression target, List<Expression> arguments, bool isExplicit) : Expression
{
    private Expression[]? _arguments;
    private BuiltinFunction? _builtin;
    private bool _isResolved;

    public Expression Target { get; } = target;

    public List<Expression> Arguments { get; } = arguments;

    /// <summary>Whether it was written with parentheses.</summary>
    public bool IsExplicit { get; } = isExplicit;

    public override Escaping Escaping => Builtin()?.Escaping ?? Escaping.Usual;

    /// <summary>This call with one more argument in front.</summary>
    public CallExpression Piped(Expression from) => new(Target, [from, .. Arguments], IsExplicit) { Start = Start, End = End };

    public override object? Evaluate(RenderState state)
    {
        var called = Builtin() is { } builtin && state.Names.IsUnbound(RootName()) ? builtin : Target.EvaluateUncalled(state);
        return called switch
        {
            Function function => state.Calls.Call(function, this, _arguments ??= [.. Arguments], piped: true),
            BuiltinGroup { AsFunction: { } function } => state.Calls.Call(function, this, _arguments ??= [.. Arguments], piped: true),
            null => throw state.Error(Target.Start, $"The function '{state.Written(Target)}' was not found"),
            _ => throw state.Error(Start, $"Invalid target function ({Values.Formatting.KindOf(called)})"),
        };
    }

    public override void Collect(ReferenceCollector collector)
    {
        if (Target is GlobalVariable { Name.Text: PathFunction.Name } && Arguments is [Literal { Value: string query }, ..])
        {
            collector.AddQuery(query);
        }

        if (
            Target is MemberExpression { Target: GlobalVariable { Name.Text: "regex" } }
            && Builtin() is not null
            && Arguments is [_, Literal { Value: string pattern } written, ..]
        )
        {
            collector.AddPattern(pattern, Arguments is [.., Literal { Value: string flags }] && Arguments.Count > 2 ? flags : "", written.Start);
        }

        if (
            Target is MemberExpression { Target: GlobalVariable { Name.Text: "object" }, Name.Text: "eval" or "eval_template" } evaluation
            && Arguments is [Literal { Value: string text } run, ..]
        )
        {
            collector.CollectWritten(text, isCode: evaluation.Name.Text == "eval", run.Start);
        }

        CollectCalled(Target, collector);
        Arguments.ForEach(a => a.Collect(collector));
    }

    /// <summary>A name in the place of a function is one, and reads nothing.</summary>
    public static void CollectCalled(Expression called, ReferenceCollector collector)
    {
        switch (called)
        {
            case GlobalVariable variable:
                collector.AddCall(variable.Name.Text, variable.Start);
                break;
            case LocalVariable { Name.Text: "" } arguments:
                collector.AddLocal("", arguments.Start);
                break;
            case MemberExpression or IndexExpression when CalledChain.Of(called) is { IsNoFunction: true } chain:
                chain.Collect(collector);
                break;
            default:
                called.Collect(collector);
                break;
        }
    }

    private string RootName() => (Target is MemberExpression { Target: GlobalVariable group } ? group : (GlobalVariable)Target).Name.Text;

    /// <summary>The built-in function that the target names, as long as nothing hides it.</summary>
    private BuiltinFunction? Builtin()
    {
        if (!_isResolved)
        {
            _builtin = Target switch
            {
                MemberExpression { Target: GlobalVariable group } member => Builtins.Find(group.Name.Text, member.Name.Text),
                GlobalVariable variable => Builtins.Find(variable.Name.Text),
                _ => null,
            };
            _isResolved = true;
        }

        return _builtin;
    }
}

/// <summary><c>from | to</c> where <c>to</c> is no plain call: the first function in it takes what is piped.</summary>
internal sealed class PipeExpression(Expression from, Expression to) : Expression
{
    public override object? Evaluate(RenderState state)
    {
        state.Calls.Pipe(from);
        var value = to.Evaluate(state);
        if (value is Function function && state.Calls.IsPending(from))
        {
            value = state.Calls.Call(function, to, [], piped: true);
        }

        return state.Calls.IsPending(from) ? throw state.Error(to.Start, "Pipe expression destination is not a valid function") : value;
    }

    public override void Collect(ReferenceCollector collector)
    {
        from.Collect(collector);
        CallExpression.CollectCalled(to, collector);
    }
}

/// <summary><c>do ... end</c></summary>
internal sealed class AnonymousFunction(ScriptFunction function) : Expression
{
    public override object? Evaluate(RenderState state) => function;

    public override void Collect(ReferenceCollector collector) => function.Collect(collector);
}
