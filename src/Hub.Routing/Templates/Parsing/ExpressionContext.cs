using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

internal enum ExpressionMode : byte
{
    Full,

    /// <summary>No <c>name: value</c>, whose colon belongs to a conditional.</summary>
    NoNamedArgument,

    /// <summary>Only literals, members, elements and what is in brackets.</summary>
    Basic,
}

/// <summary>Where an expression stands, as far as it decides what belongs to it.</summary>
internal struct ExpressionContext
{
    public int Precedence;
    public ExpressionMode Mode;
    public bool IsStatement;
    public bool IsWhen;
    public bool IsPipeTarget;
    public bool InCall;
    public bool IsInLoopHead;
    public bool ForbidsAssignment;
    public List<NamedArgument>? Options;
}
