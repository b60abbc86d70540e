using Hub.Routing.Templates;
using Hub.Routing.Writing;

namespace Hub.Routing.Workflows;

/// <summary>Inputs that cannot be compiled or rendered.</summary>
/// <param name="pointer">JSON Pointer of the text within <c>with</c>.</param>
public sealed class InputTemplateException(string pointer, string message, Exception? inner = null) : FormatException(message, inner)
{
    public string Pointer { get; } = pointer;

    /// <summary>An exception of a template names its place in the text, too.</summary>
    internal static InputTemplateException From(string pointer, Exception exception) =>
        new(pointer, exception is TemplateException { Limit: null } at ? $"{at.Message} (line {at.Line}, column {at.Column})" : exception.Message, exception);

    /// <summary>Whether what was to be written or made is beyond a limit of size.</summary>
    public bool IsTooLarge => InnerException is JsonLimitException or TemplateException { IsOfSize: true };
}
