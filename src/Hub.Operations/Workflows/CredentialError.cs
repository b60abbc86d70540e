using Hub.Routing.Workflows;

namespace Hub.Operations.Workflows;

/// <summary>A step and its credential do not go together.</summary>
/// <param name="Step">The step's place in the document.</param>
/// <param name="IsMissing">Whether the credential only has to be made: the workflow may be stored before that, and not be active.</param>
public sealed record CredentialError(int Step, string Code, string Message, string Remedy, bool IsMissing = false)
{
    public FieldError ToError() => new($"/steps/{Step}/credential", Code, Message, Remedy);

    public WorkflowError ToWarning() => new(Code, ErrorSeverity.Warning, $"/steps/{Step}/credential", $"steps[{Step}].credential", Message, Remedy);
}
