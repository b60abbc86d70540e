using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary>A function written in the template: <c>func name ... end</c>, <c>do ... end</c> or <c>name(x) = expression</c>.</summary>
internal sealed class ScriptFunction(Variable? name, List<Parameter>? parameters, bool lastTakesRest) : Function
{
    public Variable? Name { get; } = name;

    /// <summary>The statements of the function, or the one expression that is its value.</summary>
    public Statement Body { get; set; } = null!;

    public int Start { get; init; }

    public int End { get; set; }

    public override IReadOnlyList<Parameter> Parameters { get; } = parameters ?? [];

    public override bool TakesAnything => parameters is null;

    public override bool LastTakesRest => lastTakesRest;

    public override object? Invoke(Arguments arguments, Block? wrapped)
    {
        var state = arguments.State;
        ObjectValue? own = null;
        if (parameters is not null)
        {
            own = new ObjectValue();
            for (var i = 0; i < parameters.Count; i++)
            {
                own.Set(parameters[i].Name, arguments[i]);
            }
        }

        state.Names.PushFunction(own, isAnonymous: Name is null);
        if (Name is LocalVariable local)
        {
            state.Names.SetLocal(local.Start, local.Name.Text, this);
        }

        state.Names.SetLocal(Start, "", own is null ? arguments[0] : new ArrayValue([.. arguments.Values]), readOnly: true);
        if (wrapped is not null)
        {
            state.Names.SetLocal(Start, "$", wrapped, readOnly: true);
        }

        var result = Body is ExpressionStatement expression ? expression.Expression.Evaluate(state) : Body.Run(state);
        state.Names.PopFunction();
        return result;
    }

    public override string? SourceIn(string text) => End < text.Length && End >= Start ? text[Start..(End + 1)] : null;

    public void Collect(ReferenceCollector collector)
    {
        collector.Hide(Parameters.Select(p => p.Name));
        Body.Collect(collector);
        collector.Show(Parameters.Select(p => p.Name));
    }
}

/// <summary>Gives a function its name.</summary>
internal sealed class FunctionStatement(ScriptFunction function) : Statement
{
    public override object? Run(RenderState state)
    {
        function.Name!.Assign(state, function);
        return null;
    }

    public override void Collect(ReferenceCollector collector)
    {
        collector.Assigned(function.Name!.Name.Text);
        function.Collect(collector);
    }
}
