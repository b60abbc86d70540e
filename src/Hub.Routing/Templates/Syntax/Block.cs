using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Syntax;

/// <summary>Statements in a row.</summary>
internal sealed class Block(List<Statement> statements) : Statement
{
    private readonly Statement[] _statements = [.. statements];

    public IReadOnlyList<Statement> Statements => _statements;

    public override object? Run(RenderState state)
    {
        state.EnsureStack();
        var outerIndent = state.Output.Indent;
        object? result = null;
        foreach (var statement in _statements)
        {
            state.Step(statement.Start);
            var indent = statement.HasIndent ? statement.Indent : outerIndent;
            if (!ReferenceEquals(state.Output.Indent, indent))
            {
                state.Output.Indent = indent;
            }

            result = statement.Run(state);
            if (state.Flow != Flow.Next)
            {
                break;
            }
        }

        state.Output.Indent = outerIndent;
        return state.Flow == Flow.Return ? result : null;
    }

    public override void Collect(ReferenceCollector collector) => Array.ForEach(_statements, s => s.Collect(collector));
}
