using System.Text;
using Hub.Engine.Catalog;
using Hub.Routing.Workflows;
using Hub.Storage;
using Hub.Storage.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Workflows;

/// <summary>What an active workflow needs besides its document: its Source, and the credentials of its steps.</summary>
public sealed class WorkflowNeeds(StepCatalog steps, StepCredentials credentials)
{
    /// <summary>What a workflow that is to be activated does not have; null when it has all.</summary>
    public async Task<OperationError?> MissingAsync(HubDbContext context, Workflow workflow, CancellationToken cancellationToken)
    {
        var text = await DefinitionAsync(context, workflow, cancellationToken);

        // A version that no longer compiles says so when it runs.
        return WorkflowReader.Read(Encoding.UTF8.GetBytes(text), steps).Definition is { } definition
            ? await MissingAsync(context, definition, "not activated", cancellationToken)
            : await TriggerSource.MissingAsync(context, workflow.Source, "not activated", cancellationToken);
    }

    /// <param name="whatWasNotDone">Goes on from <c>The workflow was</c>.</param>
    public async Task<OperationError?> MissingAsync(
        HubDbContext context,
        WorkflowDefinition definition,
        string whatWasNotDone,
        CancellationToken cancellationToken
    )
    {
        if (await TriggerSource.MissingAsync(context, definition.Trigger.Source, whatWasNotDone, cancellationToken) is { } missing)
        {
            return missing;
        }

        return await credentials.CheckAsync(context, definition, cancellationToken) is { Count: > 0 } errors
            ? OperationError.Of(
                OperationErrorKind.Conflict,
                errors[0].Code,
                $"The workflow was {whatWasNotDone}: {errors[0].Message} {errors[0].Remedy}",
                [.. errors.Select(error => error.ToError())]
            )
            : null;
    }

    /// <summary>The document of the newest version.</summary>
    public static Task<string> DefinitionAsync(HubDbContext context, Workflow workflow, CancellationToken cancellationToken) =>
        context
            .WorkflowVersions.Where(version => version.WorkflowId == workflow.Id && version.Version == workflow.Version)
            .Select(version => version.Definition)
            .SingleAsync(cancellationToken);
}
