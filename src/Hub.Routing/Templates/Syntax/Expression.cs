using System.Text.Json;
using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Syntax;

/// <summary>A part of the template that has a value.</summary>
internal abstract class Expression
{
    /// <summary>Offset of the first character.</summary>
    public int Start { get; set; }

    /// <summary>Offset of the last character.</summary>
    public int End { get; set; }

    /// <summary>Whether the outermost call asks for another escaping than usual.</summary>
    public virtual Escaping Escaping => Escaping.Usual;

    public abstract object? Evaluate(RenderState state);

    /// <summary>The value as it stands, a function not called: what a call or <c>@</c> asks for.</summary>
    public virtual object? EvaluateUncalled(RenderState state) => Evaluate(state);

    /// <summary>The value a member or an element is taken of: a function is called, but takes nothing from a pipe.</summary>
    public virtual object? EvaluateAsTarget(RenderState state) => Evaluate(state);

    /// <summary>The JSON that this stands for, when a loop follows it and nothing made a value of it; false to evaluate as usual.</summary>
    public virtual bool TryReadElement(RenderState state, out JsonElement element)
    {
        element = default;
        return false;
    }

    /// <summary>Writes the value to the output.</summary>
    public virtual void Write(RenderState state)
    {
        // A function of the template that wrote text has said what it had to say: its missing value is not one more null in JSON.
        var before = state.Output.Text.Length;
        var value = Evaluate(state);
        if (value is not null || state.Output.Text.Length == before)
        {
            Write(state, value);
        }
    }

    protected void Write(RenderState state, object? value) => state.Output.WriteValue(value, Escaping);

    /// <summary>Tells the collector what this reads.</summary>
    public virtual void Collect(ReferenceCollector collector) { }
}
