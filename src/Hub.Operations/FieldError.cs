using Hub.Routing.Workflows;

namespace Hub.Operations;

/// <summary>One error of a request.</summary>
/// <param name="Pointer">JSON Pointer of the place, such as <c>/steps/2/with/text</c>.</param>
/// <param name="Code">Stable.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record FieldError(string Pointer, string Code, string Message, string Remedy)
{
    /// <summary>The same place for people, such as <c>steps[2].with.text</c>.</summary>
    public string Place => PlaceText.Of(Pointer);

    /// <summary>Always <c>error</c>, as what is only a warning refuses nothing.</summary>
    public ErrorSeverity Severity => ErrorSeverity.Error;
}
