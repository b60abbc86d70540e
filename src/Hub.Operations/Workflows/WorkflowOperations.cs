using Hub.Engine.Catalog;
using Hub.Engine.Resilience;
using Hub.Routing.Workflows;
using Hub.Storage;
using Hub.Storage.Notifications;
using Hub.Storage.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hub.Operations.Workflows;

/// <summary>Stores workflows and their versions, shows them, and has them run or not; only documents without errors get in.</summary>
public sealed class WorkflowOperations(
    HubDatabase database,
    WorkflowCheck check,
    WorkflowNeeds needs,
    WorkflowCatalog catalog,
    GoneDestinations gone,
    HubChannel channel,
    TimeProvider time
)
{
    /// <summary>A new workflow, as a draft.</summary>
    public async Task<OperationResult<WorkflowView>> AddAsync(WorkspaceScope scope, byte[] utf8, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (!(await check.RunAsync(context, utf8, cancellationToken)).Succeeded(out var document, out var error))
        {
            return error;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await WorkflowNames.TakenAsync(context, document.Definition.Name, "stored", cancellationToken) is { } taken)
        {
            return taken;
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
        context.Workflows.Add(workflow);
        context.WorkflowVersions.Add(NewVersion(workflow, document, now));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return View(workflow, null, document.Warnings);
    }

    /// <summary>A new version, unless it is the same document. An active workflow runs it from now on; executions under way keep theirs.</summary>
    public async Task<OperationResult<WorkflowView>> ReplaceAsync(WorkspaceScope scope, Guid id, byte[] utf8, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (!(await check.RunAsync(context, utf8, cancellationToken)).Succeeded(out var document, out var error))
        {
            return error;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(context, id, cancellationToken) is not { } workflow)
        {
            return OperationError.NotFound("workflow");
        }

        if (SameDocument.Are(await WorkflowNeeds.DefinitionAsync(context, workflow, cancellationToken), document.Text))
        {
            return View(workflow, null, document.Warnings);
        }

        if (
            workflow.Name != document.Definition.Name
            && await WorkflowNames.TakenAsync(context, document.Definition.Name, "changed", cancellationToken) is { } taken
        )
        {
            return taken;
        }

        if (
            workflow.Status == WorkflowStatus.Active
            && await needs.MissingAsync(context, document.Definition, "not changed, as it is active", cancellationToken) is { } missing
        )
        {
            return missing;
        }

        var now = time.GetUtcNow();
        (workflow.Name, workflow.Source, workflow.UpdatedAt) = (document.Definition.Name, document.Definition.Trigger.Source, now);
        workflow.Version++;
        await context.GoneDestinations.Where(row => row.WorkflowId == id).ExecuteDeleteAsync(cancellationToken);
        context.WorkflowVersions.Add(NewVersion(workflow, document, now));
        await SaveAsync(context, workflow, transaction, cancellationToken);
        return View(workflow, null, document.Warnings);
    }

    /// <summary>In the order they were made.</summary>
    public async Task<OperationResult<CountedPage<WorkflowView>>> ListAsync(WorkspaceScope scope, WorkflowQuery wanted, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        var workflows = context.Workflows.AsQueryable();
        if (wanted.Status is { } status)
        {
            if (!Enum.TryParse<WorkflowStatus>(status, ignoreCase: true, out var state) || !Enum.IsDefined(state))
            {
                return OperationError.OfParameter("status_unknown", "status", $"'{status}' is not a state of a workflow. Use draft, active or inactive.");
            }

            workflows = workflows.Where(workflow => workflow.Status == state);
        }

        workflows = wanted.Name is null ? workflows : workflows.Where(workflow => workflow.Name == wanted.Name);
        workflows = wanted.Source is null ? workflows : workflows.Where(workflow => workflow.Source == wanted.Source);
        var rows = await workflows.OrderBy(workflow => workflow.Id).Skip(wanted.Offset).Take(wanted.Limit).ToListAsync(cancellationToken);
        var count = await workflows.CountAsync(cancellationToken);
        return new CountedPage<WorkflowView>([.. rows.Select(workflow => View(workflow, null, null))], count, wanted.Limit, wanted.Offset);
    }

    /// <summary>The workflow with the document of its newest version.</summary>
    /// <param name="hub">Where the hub is reached.</param>
    public async Task<OperationResult<WorkflowView>> FindAsync(WorkspaceScope scope, Guid id, string hub, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (await context.Workflows.FirstOrDefaultAsync(workflow => workflow.Id == id, cancellationToken) is not { } found)
        {
            return OperationError.NotFound("workflow");
        }

        var definition = await context
            .WorkflowVersions.Where(version => version.WorkflowId == id && version.Version == found.Version)
            .Select(version => version.Definition)
            .SingleAsync(cancellationToken);
        return View(found, definition, null) with { SwitchedOff = await SwitchedOffSteps.OfAsync(context, id, hub, cancellationToken) };
    }

    /// <summary>Has the newest version run from now on, by the deliveries of its Source.</summary>
    public Task<OperationResult<WorkflowView>> ActivateAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken) =>
        SetStatusAsync(scope, id, WorkflowStatus.Active, cancellationToken);

    /// <summary>Has it started by nothing; executions under way go on.</summary>
    public Task<OperationResult<WorkflowView>> DeactivateAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken) =>
        SetStatusAsync(scope, id, WorkflowStatus.Inactive, cancellationToken);

    /// <summary>Null when it is gone. An active one stays: it would stop without anybody having said so. Executions stay, and go on to their end.</summary>
    public async Task<OperationError?> RemoveAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(context, id, cancellationToken) is not { } workflow)
        {
            return OperationError.NotFound("workflow");
        }

        if (workflow.Status == WorkflowStatus.Active)
        {
            return OperationError.Conflict(
                "workflow_active",
                $"The workflow '{workflow.Name}' is active and was not deleted. Deactivate it first with POST /api/v1/workflows/{id}/deactivate. Its "
                    + "executions that wait or are under way go on all the same; cancel those that are not to."
            );
        }

        await context.GoneDestinations.Where(row => row.WorkflowId == id).ExecuteDeleteAsync(cancellationToken);
        (workflow.Status, workflow.DeletedAt) = (WorkflowStatus.Inactive, time.GetUtcNow());
        await SaveAsync(context, workflow, transaction, cancellationToken);
        return null;
    }

    private async Task<OperationResult<WorkflowView>> SetStatusAsync(WorkspaceScope scope, Guid id, WorkflowStatus status, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(context, id, cancellationToken) is not { } workflow)
        {
            return OperationError.NotFound("workflow");
        }

        if (status == WorkflowStatus.Active && await needs.MissingAsync(context, workflow, cancellationToken) is { } missing)
        {
            return missing;
        }

        (workflow.Status, workflow.UpdatedAt) = (status, time.GetUtcNow());
        await SaveAsync(context, workflow, transaction, cancellationToken);
        return View(workflow, null, null);
    }

    /// <summary>Two changes of one workflow come one after the other.</summary>
    private static Task<Workflow?> LockAsync(HubDbContext context, Guid id, CancellationToken cancellationToken) =>
        context.Workflows.FromSql($"SELECT * FROM hub.workflows WHERE id = {id} FOR UPDATE").AsTracking().FirstOrDefaultAsync(cancellationToken);

    private async Task SaveAsync(HubDbContext context, Workflow workflow, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        catalog.Invalidate();
        gone.Invalidate();
        await channel.NotifyAsync(HubNotice.WorkflowChanged, workflow.Id, CancellationToken.None);
    }

    private static WorkflowVersion NewVersion(Workflow workflow, StoredDocument document, DateTimeOffset now) =>
        new()
        {
            WorkflowId = workflow.Id,
            Version = workflow.Version,
            Definition = document.Text,
            CreatedAt = now,
        };

    private static WorkflowView View(Workflow workflow, string? definition, IReadOnlyList<WorkflowError>? warnings) =>
        new(
            workflow.Id,
            workflow.Name,
            workflow.Version,
            workflow.Status,
            workflow.Source,
            workflow.CreatedAt,
            workflow.UpdatedAt,
            RawJson.From(definition),
            warnings
        );
}
