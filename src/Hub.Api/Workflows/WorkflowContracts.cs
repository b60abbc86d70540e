using Hub.Routing.Workflows;
using Hub.Storage.Workflows;

namespace Hub.Api.Workflows;

/// <param name="Version">The newest version, which runs while the workflow is active.</param>
/// <param name="Source">The Source whose deliveries start it; null when it is started by hand.</param>
/// <param name="Warnings">What the checker finds questionable, in the answer to storing it.</param>
internal sealed record WorkflowView(
    Guid Id,
    string Name,
    int Version,
    WorkflowStatus Status,
    string? Source,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    RawJson? Definition,
    IReadOnlyList<WorkflowFault>? Warnings);

/// <param name="StatusUrl">Where the execution can be looked up.</param>
internal sealed record StartedByHand(Guid ExecutionId, string StatusUrl);
