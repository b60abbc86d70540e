namespace Hub.Routing.JsonPath.Regexps;

internal enum Operation
{
    /// <summary>Reads one character of the set, then goes on with the next instruction.</summary>
    Character,

    /// <summary>Goes on at both targets.</summary>
    Split,

    /// <summary>Goes on at the target.</summary>
    Jump,

    /// <summary>Goes on at the start of the text only.</summary>
    Start,

    /// <summary>Goes on at the end of the text only.</summary>
    End,

    Match,
}

/// <summary>One instruction of a compiled pattern.</summary>
internal readonly record struct Instruction(Operation Operation, int Target = 0, int Other = 0, CharacterSet? Characters = null);
