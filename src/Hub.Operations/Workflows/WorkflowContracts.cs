using Hub.Routing.Workflows;
using Hub.Storage.Workflows;

namespace Hub.Operations.Workflows;

/// <param name="Version">The newest version, which runs while the workflow is active.</param>
/// <param name="Source">The Source whose deliveries start it; null when it is started by hand.</param>
/// <param name="SwitchedOff">Destinations that steps of it do not call any more, because they answered 410 Gone; in the answer to getting it.</param>
/// <param name="Warnings">What the checker finds questionable, in the answer to storing it.</param>
public sealed record WorkflowView(
    Guid Id,
    string Name,
    int Version,
    WorkflowStatus Status,
    string? Source,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    RawJson? Definition,
    IReadOnlyList<WorkflowError>? Warnings,
    IReadOnlyList<SwitchedOffStep>? SwitchedOff = null
);

/// <param name="Place">Scheme, host and port, or the connector.</param>
/// <param name="Since">When it answered 410 Gone.</param>
/// <param name="ExecutionId">The execution that was told so.</param>
/// <param name="SwitchOnUrl">POST here to have all destinations of the step called again.</param>
public sealed record SwitchedOffStep(string StepId, string Place, DateTimeOffset Since, Guid ExecutionId, string SwitchOnUrl);

/// <param name="Destinations">How many are called again.</param>
public sealed record SwitchedOn(int Destinations);
