using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary>The template's own text.</summary>
internal sealed class TextStatement(string text) : Statement
{
    public override object? Run(RenderState state)
    {
        state.Output.WriteText(text);
        return null;
    }
}

/// <summary>An expression, whose value is written unless it is an assignment.</summary>
internal sealed class ExpressionStatement(Expression expression) : Statement
{
    public Expression Expression { get; } = expression;

    public override object? Run(RenderState state)
    {
        if (Expression is AssignExpression)
        {
            Expression.Evaluate(state);
        }
        else
        {
            Expression.Write(state);
        }

        return null;
    }

    public override void Collect(ReferenceCollector collector) => Expression.Collect(collector);
}

/// <summary><c>$$</c>: runs the block that <c>wrap</c> passed to this function.</summary>
internal sealed class WrappedBlockStatement : Statement
{
    public override object? Run(RenderState state) => state.Names.GetLocal("$") is Block block ? block.Run(state) : null;
}

internal sealed class BreakStatement(Flow flow) : Statement
{
    public override object? Run(RenderState state)
    {
        state.Flow = state.Names.InLoop ? flow : throw state.Error(Start, $"The <{flow}> statement can only be used inside for/while loops");
        return null;
    }
}

internal sealed class ReturnStatement(Expression? value) : Statement
{
    public override object? Run(RenderState state)
    {
        var result = value?.Evaluate(state);
        state.Flow = Flow.Return;
        return result;
    }

    public override void Collect(ReferenceCollector collector) => value?.Collect(collector);
}

internal sealed class ReadOnlyStatement(Variable variable) : Statement
{
    public override object? Run(RenderState state)
    {
        state.Names.MakeReadOnly(variable.Name.Text, variable is LocalVariable);
        return null;
    }
}

/// <summary><c>import object</c>: its members become variables.</summary>
internal sealed class ImportStatement(Expression value) : Statement
{
    public override object? Run(RenderState state)
    {
        // Nothing has no members.
        var source = value.Evaluate(state);
        if (source is not (ObjectValue or EmptyValue or null))
        {
            throw state.Error(value.Start, "Expecting an object to import");
        }

        var target = state.Names.CurrentObject;
        foreach (var (name, member) in (source as ObjectValue)?.Members.ToList() ?? [])
        {
            target.TrySet(state, name, member);
        }

        return null;
    }

    public override void Collect(ReferenceCollector collector) => value.Collect(collector);
}

/// <summary><c>capture target ... end</c></summary>
internal sealed class CaptureStatement(PathExpression target, Block body) : Statement
{
    public override object? Run(RenderState state)
    {
        var outer = state.Output.StartCapture();
        object? result;
        try
        {
            result = body.Run(state);
        }
        catch
        {
            state.Output.AbandonCapture(outer);
            throw;
        }

        target.Assign(state, state.Output.EndCapture(outer));
        return result;
    }

    public override void Collect(ReferenceCollector collector)
    {
        body.Collect(collector);
        if (target is LocalVariable local)
        {
            collector.AssignedLocal(local.Name.Text);
        }
        else if (target is Variable variable)
        {
            collector.Assigned(variable.Name.Text);
        }
    }
}

/// <summary><c>with object ... end</c></summary>
internal sealed class WithStatement(Expression target, Block body) : Statement
{
    public override object? Run(RenderState state)
    {
        // Nothing has no members: the body runs with none in scope.
        var names = target.EvaluateAsTarget(state) switch
        {
            ObjectValue members => members,
            null or EmptyValue => new ObjectValue(),
            _ => throw state.Error(target.Start, "Invalid target used for [with] statement. Must be an object"),
        };
        state.Names.PushWith(names, newLocals: true);
        var result = body.Run(state);
        state.Names.PopWith(newLocals: true);
        return result;
    }

    // A name in the body may be a member of the object: it says nothing sure about the model.
    public override void Collect(ReferenceCollector collector)
    {
        target.Collect(collector);
        collector.CollectInObject(body);
    }
}

/// <summary><c>wrap function arguments ... end</c></summary>
internal sealed class WrapStatement(Expression target, Block body) : Statement
{
    public override object? Run(RenderState state)
    {
        if (target is CallExpression)
        {
            state.Calls.WrappedBlock = body;
            return Written(state, target.Evaluate(state));
        }

        if (target.EvaluateUncalled(state) is not Functions.Function function)
        {
            throw state.Error(target.Start, "Expecting a direct function");
        }

        state.Calls.WrappedBlock = body;
        return Written(state, state.Calls.Call(function, target, [], piped: false));
    }

    private static object? Written(RenderState state, object? value)
    {
        if (value is not null)
        {
            state.Output.WriteValue(value, Escaping.Usual);
        }

        return null;
    }

    public override void Collect(ReferenceCollector collector)
    {
        target.Collect(collector);
        body.Collect(collector);
    }
}
