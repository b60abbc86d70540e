namespace Hub.Routing.Templates.Parsing;

/// <summary>What a block is the body of.</summary>
internal enum BlockOwner : byte
{
    Page,
    If,
    Else,
    For,
    Case,
    When,
    Other,
    AnonymousFunction,
}

/// <summary>What ended a block.</summary>
internal enum BlockClosing : byte
{
    End,
    Else,
    When,
}
