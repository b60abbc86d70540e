using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Functions;

/// <summary>A value that can be called.</summary>
internal abstract class Function
{
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Whether any arguments are taken, in one array.</summary>
    public abstract bool TakesAnything { get; }

    /// <summary>Whether the last parameter takes all further arguments.</summary>
    public abstract bool LastTakesRest { get; }

    /// <summary>The values are as many as there are parameters; of a function that takes anything, there is one array.</summary>
    public abstract object? Invoke(Arguments arguments, Block? wrapped);

    /// <summary>What it looks like as text; null for a built-in.</summary>
    public virtual string? SourceIn(string text) => null;
}
