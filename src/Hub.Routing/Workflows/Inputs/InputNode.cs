using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>A part of a step's inputs that knows how to write itself.</summary>
internal abstract class InputNode
{
    public virtual bool IsConstant => false;

    /// <exception cref="InputTemplateException">A template failed.</exception>
    public abstract void Write(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions options);
}
