using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Syntax;

/// <summary>A step of the template.</summary>
internal abstract class Statement
{
    public int Start { get; set; }

    /// <summary>Whether the statement stands in a code block of its own, whose indentation its output takes over.</summary>
    public bool HasIndent { get; set; }

    public string? Indent { get; set; }

    /// <summary>Runs the statement; the value is that of <c>ret</c>, while it is on its way to the caller.</summary>
    public abstract object? Run(RenderState state);

    public virtual void Collect(ReferenceCollector collector) { }
}
