using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>A call whose arguments are still being gathered.</summary>
internal sealed class CallParts(Expression target)
{
    public List<Expression> Arguments { get; } = [];

    public CallParts Add(Expression argument)
    {
        Arguments.Add(argument);
        return this;
    }

    public CallExpression Build(int end) => new(target, Arguments, isExplicit: false) { Start = target.Start, End = end };
}
