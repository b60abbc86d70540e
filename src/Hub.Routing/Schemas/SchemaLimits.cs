namespace Hub.Routing.Schemas;

/// <summary>What a payload schema may hold, and what checking a value may cost.</summary>
public static class SchemaLimits
{
    /// <summary>Schemas within a schema, itself included.</summary>
    public const int Schemas = 2_000;

    /// <summary>How deep a schema may be written.</summary>
    public const int Depth = 64;

    /// <summary>Regular expressions in one schema.</summary>
    public const int Patterns = 100;

    /// <summary>Characters in a name of a member.</summary>
    public const int NameLength = 256;

    /// <summary>Values in one <c>enum</c>, names in one list of names.</summary>
    public const int Values = 1_000;

    /// <summary>Flaws of one schema that are told.</summary>
    public const int Flaws = 100;

    /// <summary>Significant digits of a <c>multipleOf</c>.</summary>
    public const int DivisorDigits = 28;

    /// <summary>Errors of one value that are told; checking ends there.</summary>
    public const int Errors = 20;

    /// <summary>How deep schemas may lie within one another while a value is checked, references followed.</summary>
    public const int Nesting = 512;

    /// <summary>Steps that checking one value may take: about one for each member and keyword looked at.</summary>
    public const int Work = 2_000_000;
}
