using System.Text;
using Hub.Api.Errors;
using Hub.Engine.Catalog;
using Hub.Engine.Resilience;
using Hub.Routing.Workflows;
using Hub.Storage;
using Hub.Storage.Notifications;
using Hub.Storage.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Workflows;

/// <summary>Stores workflows and their versions; only documents without errors get in.</summary>
internal sealed class WorkflowOperations(
    HubDbContext database,
    StepCatalog steps,
    StepCredentials credentials,
    TriggerSource source,
    SampleDeliveries samples,
    WorkflowNames names,
    WorkflowCatalog catalog,
    GoneDestinations gone,
    HubChannel channel,
    TimeProvider time
)
{
    /// <summary>The document, or every error it has. What it reads of deliveries is held against the latest ones of its Source.</summary>
    public async Task<(StoredDocument? Document, ProblemHttpResult? Problem)> CheckAsync(byte[] utf8, CancellationToken cancellationToken)
    {
        var check = WorkflowReader.Read(utf8, steps);
        if (check.Definition?.Trigger.Source is { } named && await samples.OfAsync(named, cancellationToken) is { Count: > 0 } bodies)
        {
            check = WorkflowReader.Read(utf8, steps, bodies);
        }

        if (check.Definition is { } definition)
        {
            var wrong = await credentials.CheckAsync(definition, cancellationToken);
            if (wrong.Any(error => !error.IsMissing))
            {
                return (null, Invalid(422, "workflow_invalid", [.. wrong.Select(error => error.ToError())]));
            }

            var missing = await source.WarningAsync(definition.Trigger.Source, cancellationToken);
            var warnings = check.Errors.Concat(wrong.Select(error => error.ToWarning())).Concat(missing is null ? [] : [missing]);

            // A byte order mark may stand before JSON text but not inside a column.
            return (new StoredDocument(definition, Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF'), [.. warnings]), null);
        }

        var errors = check
            .Errors.Where(error => error.Severity == ErrorSeverity.Error)
            .Select(error => new FieldError(error.Pointer, error.Code, error.Message, error.Remedy))
            .ToList();
        var malformed = errors.Exists(error => error.Code == ErrorCodes.JsonMalformed || error is { Pointer: "", Code: ErrorCodes.TextInvalid });
        return (null, Invalid(malformed ? 400 : 422, malformed ? "invalid_json" : "workflow_invalid", errors));
    }

    private static ProblemHttpResult Invalid(int status, string code, List<FieldError> errors) =>
        Problems.Create(
            status,
            code,
            $"The workflow was not stored. {(errors.Count == 1 ? "One place needs" : $"{errors.Count} places need")} mending: {errors[0].Place}: "
                + $"{errors[0].Message}",
            errors
        );

    public async Task<WorkflowAnswer> AddAsync(StoredDocument document, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await names.TakenAsync(document.Definition.Name, "stored", cancellationToken) is { } problem)
        {
            return new(null, problem);
        }

        var now = time.GetUtcNow();
        var workflow = new Workflow
        {
            Id = Guid.CreateVersion7(now),
            Name = document.Definition.Name,
            Status = WorkflowStatus.Draft,
            Version = 1,
            Source = document.Definition.Trigger.Source,
            CreatedAt = now,
            UpdatedAt = now,
        };
        database.Workflows.Add(workflow);
        database.WorkflowVersions.Add(
            new WorkflowVersion
            {
                WorkflowId = workflow.Id,
                Version = 1,
                Definition = document.Text,
                CreatedAt = now,
            }
        );
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(workflow, null);
    }

    public async Task<WorkflowAnswer> ReplaceAsync(Guid id, StoredDocument document, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } workflow)
        {
            return default;
        }

        if (SameDocument.Are(await DefinitionAsync(workflow, cancellationToken), document.Text))
        {
            return new(workflow, null);
        }

        if (workflow.Name != document.Definition.Name && await names.TakenAsync(document.Definition.Name, "changed", cancellationToken) is { } taken)
        {
            return new(null, taken);
        }

        if (
            workflow.Status == WorkflowStatus.Active
            && await ProblemAsync(document.Definition, "not changed, as it is active", cancellationToken) is { } problem
        )
        {
            return new(null, problem);
        }

        var now = time.GetUtcNow();
        (workflow.Name, workflow.Source, workflow.UpdatedAt) = (document.Definition.Name, document.Definition.Trigger.Source, now);
        workflow.Version++;
        await database.GoneDestinations.Where(row => row.WorkflowId == id).ExecuteDeleteAsync(cancellationToken);
        database.WorkflowVersions.Add(
            new WorkflowVersion
            {
                WorkflowId = id,
                Version = workflow.Version,
                Definition = document.Text,
                CreatedAt = now,
            }
        );
        await SaveAsync(workflow, transaction, cancellationToken);
        return new(workflow, null);
    }

    public async Task<WorkflowAnswer> SetStatusAsync(Guid id, WorkflowStatus status, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } workflow)
        {
            return default;
        }

        if (status == WorkflowStatus.Active && await ActivationProblemAsync(workflow, cancellationToken) is { } problem)
        {
            return new(null, problem);
        }

        (workflow.Status, workflow.UpdatedAt) = (status, time.GetUtcNow());
        await SaveAsync(workflow, transaction, cancellationToken);
        return new(workflow, null);
    }

    /// <summary>An active one stays: it would stop without anybody having said so.</summary>
    public async Task<WorkflowAnswer> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } workflow)
        {
            return default;
        }

        if (workflow.Status == WorkflowStatus.Active)
        {
            return new(
                null,
                Problems.Create(
                    409,
                    "workflow_active",
                    $"The workflow '{workflow.Name}' is active and was not deleted. Deactivate it first with POST /api/v1/workflows/{id}/deactivate. Its "
                        + "executions that wait or are under way go on all the same; cancel those that are not to."
                )
            );
        }

        await database.GoneDestinations.Where(row => row.WorkflowId == id).ExecuteDeleteAsync(cancellationToken);
        (workflow.Status, workflow.DeletedAt) = (WorkflowStatus.Inactive, time.GetUtcNow());
        await SaveAsync(workflow, transaction, cancellationToken);
        return new(workflow, null);
    }

    /// <summary>Two changes of one workflow come one after the other.</summary>
    private Task<Workflow?> LockAsync(Guid id, CancellationToken cancellationToken) =>
        database.Workflows.FromSql($"SELECT * FROM hub.workflows WHERE id = {id} FOR UPDATE").AsTracking().FirstOrDefaultAsync(cancellationToken);

    private async Task SaveAsync(
        Workflow workflow,
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        catalog.Invalidate();
        gone.Invalidate();
        await channel.NotifyAsync(HubNotice.WorkflowChanged, workflow.Id, CancellationToken.None);
    }

    private async Task<ProblemHttpResult?> ActivationProblemAsync(Workflow workflow, CancellationToken cancellationToken)
    {
        var text = await DefinitionAsync(workflow, cancellationToken);

        // A version that no longer compiles says so when it runs.
        return WorkflowReader.Read(Encoding.UTF8.GetBytes(text), steps).Definition is { } definition
            ? await ProblemAsync(definition, "not activated", cancellationToken)
            : await source.ProblemAsync(workflow.Source, "not activated", cancellationToken);
    }

    /// <summary>The document of the newest version.</summary>
    private Task<string> DefinitionAsync(Workflow workflow, CancellationToken cancellationToken) =>
        database
            .WorkflowVersions.Where(version => version.WorkflowId == workflow.Id && version.Version == workflow.Version)
            .Select(version => version.Definition)
            .SingleAsync(cancellationToken);

    /// <summary>What an active workflow needs and does not have; null when it has all.</summary>
    private async Task<ProblemHttpResult?> ProblemAsync(WorkflowDefinition definition, string whatWasNotDone, CancellationToken cancellationToken)
    {
        if (await source.ProblemAsync(definition.Trigger.Source, whatWasNotDone, cancellationToken) is { } problem)
        {
            return problem;
        }

        return await credentials.CheckAsync(definition, cancellationToken) is { Count: > 0 } errors
            ? Problems.Create(
                409,
                errors[0].Code,
                $"The workflow was {whatWasNotDone}: {errors[0].Message} {errors[0].Remedy}",
                [.. errors.Select(error => error.ToError())]
            )
            : null;
    }
}

/// <summary>A document that passed the checker, with its text as given.</summary>
internal sealed record StoredDocument(WorkflowDefinition Definition, string Text, IReadOnlyList<WorkflowError> Warnings);

/// <summary>The workflow, or why not; neither when it does not exist.</summary>
internal readonly record struct WorkflowAnswer(Workflow? Workflow, ProblemHttpResult? Problem);
