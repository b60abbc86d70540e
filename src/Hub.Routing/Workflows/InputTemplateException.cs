namespace Hub.Routing.Workflows;

/// <summary>Inputs that cannot be compiled or rendered.</summary>
/// <param name="pointer">JSON Pointer of the text within <c>with</c>.</param>
public sealed class InputTemplateException(string pointer, string message, Exception? inner = null) : FormatException(message, inner)
{
    public string Pointer { get; } = pointer;
}
