using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>Turns tokens into statements; the first error ends it. Its parts know each other through it.</summary>
internal sealed class Parser
{
    private CallParser? _calls;
    private FunctionParser? _functions;

    private Parser(string text, bool codeOnly, bool isNested)
    {
        IsCodeOnly = codeOnly;
        Tokens = new TokenCursor(text, codeOnly);
        Paths = new ModelPaths(keepsNothing: isNested);
        Expressions = new ExpressionParser(this);
        Operands = new OperandParser(this);
        Postfixes = new PostfixParser(this);
        Statements = new StatementParser(this);
        Blocks = new BlockParser(this);
    }

    /// <summary>Whether the whole text is code, without <c>{{</c>.</summary>
    public bool IsCodeOnly { get; }

    public TokenCursor Tokens { get; }

    public ModelPaths Paths { get; }

    public ExpressionParser Expressions { get; }

    public OperandParser Operands { get; }

    public PostfixParser Postfixes { get; }

    public CallParser Calls => _calls ??= new CallParser(this);

    public FunctionParser Functions => _functions ??= new FunctionParser(this);

    public StatementParser Statements { get; }

    public BlockParser Blocks { get; }

    /// <summary>Parses a template; <paramref name="slots"/> is how many paths into the model are kept while it is rendered.</summary>
    public static Block Parse(string text, out int slots)
    {
        var parser = new Parser(text, codeOnly: false, isNested: false);
        var block = parser.Blocks.Parse(BlockOwner.Page, out _);
        slots = parser.Paths.Slots;
        return block;
    }

    /// <summary>Parses a text that a running template evaluates.</summary>
    public static Block ParseNested(string text, bool codeOnly, out int parts)
    {
        var parser = new Parser(text, codeOnly, isNested: true);
        parts = parser.Tokens.Count;
        return parser.Blocks.Parse(BlockOwner.Page, out _);
    }
}
