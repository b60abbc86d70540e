using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>if ... else if ... else ... end</c></summary>
internal sealed class IfStatement(List<(Expression Condition, Block Body)> branches, Block? otherwise) : Statement
{
    public override object? Run(RenderState state)
    {
        foreach (var (condition, body) in branches)
        {
            if (Conversions.ToBool(condition.Evaluate(state)))
            {
                return body.Run(state);
            }
        }

        return otherwise?.Run(state);
    }

    public override void Collect(ReferenceCollector collector)
    {
        foreach (var (condition, body) in branches)
        {
            condition.Collect(collector);
            body.Collect(collector);
        }

        otherwise?.Collect(collector);
    }
}

/// <summary><c>case value ... when a, b ... else ... end</c></summary>
internal sealed class CaseStatement(Expression value, List<(int Start, List<Expression> Values, Block Body)> branches, Block? otherwise) : Statement
{
    public override object? Run(RenderState state)
    {
        var actual = value.Evaluate(state);
        foreach (var (start, values, body) in branches)
        {
            foreach (var candidate in values)
            {
                var places = new Operations.Places(start, start, start);
                if (Operations.Apply(state, Operator.Equal, actual, candidate.Evaluate(state), places) is true)
                {
                    return body.Run(state);
                }
            }
        }

        return otherwise?.Run(state);
    }

    public override void Collect(ReferenceCollector collector)
    {
        value.Collect(collector);
        foreach (var (_, values, body) in branches)
        {
            values.ForEach(v => v.Collect(collector));
            body.Collect(collector);
        }

        otherwise?.Collect(collector);
    }
}
