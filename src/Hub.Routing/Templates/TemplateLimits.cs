namespace Hub.Routing.Templates;

/// <summary>
/// What one rendering may cost. Reaching a limit is a <see cref="TemplateException"/> that names it.
/// The defaults end any template within about two seconds and 64 MiB.
/// </summary>
public sealed record TemplateLimits
{
    /// <summary>Levels of nested blocks, parentheses, brackets, operators and pipes that a template may have; checked when it is parsed.</summary>
    public const int Nesting = 250;

    /// <summary>Names, values, operators and stretches of text that a template may consist of; checked when it is parsed.</summary>
    public const int Parts = 100_000;

    public static TemplateLimits Default { get; } = new();

    /// <summary>Statements executed, counted across functions and loops.</summary>
    public int Statements { get; init; } = 1_000_000;

    /// <summary>Iterations of all loops together, those inside functions over arrays included.</summary>
    public int LoopIterations { get; init; } = 100_000;

    /// <summary>Characters of output.</summary>
    public int OutputLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>Characters of one string that an operator or a function makes.</summary>
    public int StringLength { get; init; } = 1024 * 1024;

    /// <summary>Characters of all strings together that operators and functions make.</summary>
    public int TextProduced { get; init; } = 8 * 1024 * 1024;

    /// <summary>Elements of all arrays and objects together that the template makes or walks through.</summary>
    public int Elements { get; init; } = 500_000;

    /// <summary>Functions called within each other.</summary>
    public int CallDepth { get; init; } = 100;

    /// <summary>Levels of nested arrays and objects when a value is written out or compared; ends cycles too.</summary>
    public int ObjectDepth { get; init; } = 64;

    /// <summary>Bits of a whole number beyond 64-bit integers.</summary>
    public int NumberBits { get; init; } = 4096;

    /// <summary>Characters of a regular expression.</summary>
    public int PatternLength { get; init; } = 1000;

    /// <summary>Wall-clock time of one rendering.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);
}
