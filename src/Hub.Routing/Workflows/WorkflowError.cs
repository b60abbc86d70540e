namespace Hub.Routing.Workflows;

/// <summary>Something about a workflow document that must or should change.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Pointer">JSON Pointer (RFC 6901), such as <c>/steps/2/with/text</c>.</param>
/// <param name="Place">The same for people, such as <c>steps[2].with.text</c>.</param>
public sealed record WorkflowError(string Code, ErrorSeverity Severity, string Pointer, string Place, string Message, string Remedy);

/// <summary>Whether an error keeps the workflow from being used.</summary>
public enum ErrorSeverity
{
    Error,
    Warning,
}
