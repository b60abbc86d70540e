namespace Hub.Routing.Workflows;

/// <summary>Something about a workflow document that must or should change.</summary>
/// <param name="Code">One of <see cref="FaultCodes"/>.</param>
/// <param name="Pointer">JSON Pointer (RFC 6901), such as <c>/steps/2/with/text</c>.</param>
/// <param name="Place">The same for people, such as <c>steps[2].with.text</c>.</param>
public sealed record WorkflowFault(string Code, FaultSeverity Severity, string Pointer, string Place, string Message, string Remedy);

/// <summary>Whether a fault keeps the workflow from being used.</summary>
public enum FaultSeverity
{
    Error,
    Warning,
}
