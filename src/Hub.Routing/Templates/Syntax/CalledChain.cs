using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Parsing;

namespace Hub.Routing.Templates.Syntax;

/// <summary>A member that is called, such as <c>trigger.body.title.trim()</c>, as far as it can be told before it runs whether it is a function.</summary>
/// <param name="Called">The chain as a whole.</param>
/// <param name="Root">The name that the chain starts with; null when that is no name.</param>
/// <param name="Owner">What the member is taken of.</param>
internal sealed record CalledChain(Expression Called, string? Root, Expression Owner, string Text)
{
    /// <summary>
    /// Whether it is none: names of the run context lead to JSON, members of built-in groups to values without functions, and so do values written out.
    /// A name that the template assigns may hold functions; the collector knows these.
    /// </summary>
    public bool IsNoFunction { get; private init; }

    public static CalledChain Of(Expression called)
    {
        var (text, length, at) = ("", 0, called);
        Expression? owner = null;
        while (true)
        {
            switch (at)
            {
                case MemberExpression member:
                    (text, at) = ($".{member.Name.Text}{text}", member.Target);
                    break;
                case IndexExpression index:
                    (text, at) = ($"[{(index.Index is Literal literal ? literal.Value : "...")}]{text}", index.Target);
                    break;
                default:
                    var root = (at as GlobalVariable)?.Name.Text;
                    return new CalledChain(called, root, owner ?? at, (root ?? (at is Literal { Value: string value } ? $"'{value}'" : "")) + text)
                    {
                        IsNoFunction = at is Literal || (root is not null && length > (Builtins.All.ContainsKey(root) ? 1 : 0)),
                    };
            }

            owner ??= at;
            length++;
        }
    }

    public void Collect(ReferenceCollector collector)
    {
        collector.AddMemberCall(Root, Text, Called.Start);
        Owner.Collect(collector);
        if (Called is IndexExpression index)
        {
            index.Index.Collect(collector);
        }
    }
}
