using Hub.Routing.Workflows;
using Hub.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Workflows;

/// <summary>Holds a workflow's trigger against the Sources that there are: it may be stored before its Source is made, and not be active.</summary>
internal static class TriggerSource
{
    private const string Code = "source_missing";
    private const string Remedy = "Create it with POST /api/v1/sources, or correct the name.";

    /// <summary>Why an active workflow cannot have this trigger; null when it can.</summary>
    public static async Task<OperationError?> MissingAsync(HubDbContext context, string? source, string whatWasNotDone, CancellationToken cancellationToken) =>
        await MessageAsync(context, source, cancellationToken) is { } message
            ? OperationError.Of(
                OperationErrorKind.Conflict,
                Code,
                $"The workflow was {whatWasNotDone}: {message} {Remedy}",
                [new FieldError("/trigger/source", Code, message, Remedy)]
            )
            : null;

    /// <summary>What to know when it is stored; null when there is nothing.</summary>
    public static async Task<WorkflowError?> WarningAsync(HubDbContext context, string? source, CancellationToken cancellationToken) =>
        await MessageAsync(context, source, cancellationToken) is { } message
            ? new WorkflowError(Code, ErrorSeverity.Warning, "/trigger/source", "trigger.source", message, Remedy)
            : null;

    private static async Task<string?> MessageAsync(HubDbContext context, string? source, CancellationToken cancellationToken)
    {
        if (source is null)
        {
            return null;
        }

        var deleted = await context.Sources.IgnoreQueryFilters().Where(row => row.Name == source).Select(row => row.DeletedAt).ToListAsync(cancellationToken);
        return deleted.Contains(null) ? null
            : deleted.Max() is { } last ? $"The trigger names the Source '{source}', which was deleted on {last.UtcDateTime:yyyy-MM-dd}."
            : $"The trigger names the Source '{source}', which does not exist.";
    }
}
