using Hub.Engine.Intake;
using Hub.Signatures;
using Hub.Storage;
using Hub.Storage.Retention;
using Hub.Storage.Sources;
using Hub.Storage.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Hub.Operations.Sources;

/// <summary>Adds, lists, changes and removes Sources.</summary>
public sealed class SourceOperations(
    HubDatabase database,
    SourceViews views,
    StoredSecrets secrets,
    StoredAddresses addresses,
    SourceRules rules,
    SignatureSchemes schemes,
    SourceChanges changes,
    TimeProvider time
)
{
    /// <param name="hub">Where senders reach the hub.</param>
    public async Task<OperationResult<SourceView>> AddAsync(WorkspaceScope scope, NewSource wanted, WebhookOrigin hub, CancellationToken cancellationToken)
    {
        if (rules.Check(wanted) is { Count: > 0 } errors)
        {
            return OperationError.Invalid("source_invalid", "The Source was not created", errors);
        }

        var now = time.GetUtcNow();
        var source = new Source
        {
            Id = Guid.CreateVersion7(now),
            Name = wanted.Name!,
            Scheme = wanted.Signature!.Scheme!,
            CreatedAt = now,
        };
        Apply(wanted, source);
        await using var context = database.For(scope);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        context.Sources.Add(source);
        context.SourceAddresses.Add(addresses.New(source.Id));
        context.SourceSecrets.AddRange(secrets.Rows(source.Id, wanted.Signature.Secrets ?? []));
        return await SaveAsync(context, source, transaction, cancellationToken)
            ? await views.OfAsync(context, source, hub, cancellationToken)
            : NameTaken(wanted);
    }

    /// <summary>By name.</summary>
    /// <param name="name">Only the Source of this name; all unless given.</param>
    /// <param name="hub">Where senders reach the hub.</param>
    public async Task<CountedPage<SourceView>> ListAsync(
        WorkspaceScope scope,
        string? name,
        int limit,
        int offset,
        WebhookOrigin hub,
        CancellationToken cancellationToken
    )
    {
        await using var context = database.For(scope);
        var wanted = name is null ? context.Sources : context.Sources.Where(source => source.Name == name);
        var sources = await wanted.OrderBy(source => source.Name).Skip(offset).Take(limit).ToListAsync(cancellationToken);
        var count = await wanted.CountAsync(cancellationToken);
        return new CountedPage<SourceView>(await views.OfAsync(context, sources, hub, cancellationToken), count, limit, offset);
    }

    /// <param name="hub">Where senders reach the hub.</param>
    public async Task<OperationResult<SourceView>> FindAsync(WorkspaceScope scope, Guid id, WebhookOrigin hub, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        return await context.Sources.FirstOrDefaultAsync(source => source.Id == id, cancellationToken) is { } source
            ? await views.OfAsync(context, source, hub, cancellationToken)
            : OperationError.NotFound("Source");
    }

    /// <summary>Changes a Source to what is wanted; what is left out becomes the usual, but for the secrets, which stay.</summary>
    /// <param name="hub">Where senders reach the hub.</param>
    public async Task<OperationResult<SourceView>> ChangeAsync(
        WorkspaceScope scope,
        Guid id,
        NewSource wanted,
        WebhookOrigin hub,
        CancellationToken cancellationToken
    )
    {
        await using var context = database.For(scope);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await SourceChanges.LockAsync(context, id, cancellationToken) is not { } source)
        {
            return OperationError.NotFound("Source");
        }

        var kept = await secrets.RowsOfAsync(context, id, cancellationToken);
        if (rules.Check(wanted, [.. kept.Select(secrets.Reveal).OfType<string>()]) is { Count: > 0 } errors)
        {
            return OperationError.Invalid("source_invalid", "The Source was not changed", errors);
        }

        if (source.Name != wanted.Name && await UserOfAsync(context, source.Name, activeOnly: false, cancellationToken) is { } user)
        {
            return OperationError.Conflict(
                "source_in_use",
                $"The workflow '{user}' finds this Source by its name. Change the workflow first, or keep the name."
            );
        }

        if (wanted.Signature!.Secrets is { } given)
        {
            context.SourceSecrets.RemoveRange(kept);
            context.SourceSecrets.AddRange(secrets.Rows(id, given));
        }
        else if (schemes.TryFind(wanted.Signature.Scheme!, out var scheme) && !scheme.NeedsSecret)
        {
            context.SourceSecrets.RemoveRange(kept);
        }

        Apply(wanted, source);
        return await SaveAsync(context, source, transaction, cancellationToken)
            ? await views.OfAsync(context, source, hub, cancellationToken)
            : NameTaken(wanted);
    }

    /// <summary>Null when it is gone. Its deliveries stay.</summary>
    public async Task<OperationError?> RemoveAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (await context.Sources.FirstOrDefaultAsync(source => source.Id == id, cancellationToken) is not { } found)
        {
            return OperationError.NotFound("Source");
        }

        if (await UserOfAsync(context, found.Name, activeOnly: true, cancellationToken) is { } user)
        {
            return OperationError.Conflict("source_in_use", $"The active workflow '{user}' is started by this Source. Deactivate it first.");
        }

        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Sources.Where(source => source.Id == id).ExecuteUpdateAsync(set => set.SetProperty(source => source.DeletedAt, now), cancellationToken);
        await context.SourceAddresses.Where(address => address.SourceId == id).ExecuteDeleteAsync(cancellationToken);
        await context.SourceSecrets.Where(secret => secret.SourceId == id).ExecuteDeleteAsync(cancellationToken);
        await context.SourceHandshakes.Where(handshake => handshake.SourceId == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await changes.AnnounceAsync(id);
        return null;
    }

    /// <summary>The workflow that the Source starts, by name; null when there is none.</summary>
    private static Task<string?> UserOfAsync(HubDbContext context, string source, bool activeOnly, CancellationToken cancellationToken) =>
        context
            .Workflows.Where(workflow => workflow.Source == source && (!activeOnly || workflow.Status == WorkflowStatus.Active))
            .Select(workflow => workflow.Name)
            .FirstOrDefaultAsync(cancellationToken);

    private static void Apply(NewSource wanted, Source source)
    {
        source.Name = wanted.Name!;
        source.Scheme = wanted.Signature!.Scheme!;
        source.SchemeOptions = SignatureRules.OptionsOf(wanted.Signature)?.GetRawText();
        source.Dedupe = wanted.Dedupe;
        source.BodyLimit = wanted.BodyLimit ?? SourceRules.DefaultBodyLimit;
        source.RetentionDays = wanted.Retention?.Days;
        source.RetentionBytes = wanted.Retention?.Megabytes << 20;
        source.Settings = new SourceSettings
        {
            Methods = wanted.Methods,
            ContentTypes = wanted.ContentTypes,
            AllowedAddresses = wanted.AllowedAddresses,
            RateLimit = wanted.RateLimit is { PerSecond: { } perSecond } rate
                ? new RateLimitSettings(perSecond, rate.Burst ?? (int)Math.Ceiling(perSecond))
                : null,
            Respond = AnswerSettingsRules.Read(wanted.Respond),
            DedupeWindow = wanted.DedupeWindow,
            BodyAs = SourceRules.BodyReadingOf(wanted.BodyAs) is BodyReading.Text ? BodyReading.Text : null,
        }.ToJson();
    }

    /// <summary>False when the name is taken.</summary>
    private async Task<bool> SaveAsync(HubDbContext context, Source source, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }

        await GivePartitionAsync(context, source, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await changes.AnnounceAsync(source.Id);
        return true;
    }

    /// <summary>A Source with a retention of its own has its deliveries on a partition of their own. The partition is there before the first of them.</summary>
    private static async Task GivePartitionAsync(HubDbContext context, Source source, CancellationToken cancellationToken)
    {
        if (source.RetentionPartition == 0 && source is not { RetentionDays: null, RetentionBytes: null })
        {
            source.RetentionPartition = await SliceStore.AddPartitionAsync((NpgsqlConnection)context.Database.GetDbConnection(), cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    private static OperationError NameTaken(NewSource wanted) =>
        OperationError.Conflict("source_exists", $"There is a Source named '{wanted.Name}' already. Choose another name, or delete that one first.");
}
