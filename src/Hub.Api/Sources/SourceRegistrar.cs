using Hub.Engine.Intake;
using Hub.Signatures;
using Hub.Storage;
using Hub.Storage.Notifications;
using Hub.Storage.Retention;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Hub.Api.Sources;

/// <summary>Adds, changes and removes Sources, and tells every node.</summary>
internal sealed class SourceRegistrar(
    HubDbContext database,
    StoredSecrets secrets,
    StoredAddresses addresses,
    SourceRules rules,
    SignatureSchemes schemes,
    SourceDirectory directory,
    HubChannel channel,
    TimeProvider time
)
{
    /// <summary>The new Source; null when the name is taken.</summary>
    /// <param name="request">One that passed <see cref="SourceRules"/>.</param>
    public async Task<Source?> AddAsync(NewSource request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var source = new Source
        {
            Id = Guid.CreateVersion7(now),
            Name = request.Name!,
            Scheme = request.Signature!.Scheme!,
            CreatedAt = now,
        };
        Apply(request, source);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        database.Sources.Add(source);
        database.SourceAddresses.Add(addresses.New(source.Id));
        database.SourceSecrets.AddRange(secrets.Rows(source.Id, request.Signature.Secrets ?? []));
        return await SaveAsync(source, transaction, cancellationToken) ? source : null;
    }

    /// <summary>Changes a Source to what is asked for; what is left out becomes the usual, but for the secrets, which stay.</summary>
    public async Task<SourceChange> ChangeAsync(Guid id, NewSource request, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(id, cancellationToken) is not { } source)
        {
            return SourceChange.Missing;
        }

        var kept = await secrets.RowsOfAsync(id, cancellationToken);
        var errors = rules.Check(request, [.. kept.Select(secrets.Reveal).OfType<string>()]);
        if (errors.Count > 0)
        {
            return new SourceChange(Errors: errors);
        }

        if (source.Name != request.Name && await UserOfAsync(source.Name, activeOnly: false, cancellationToken) is { } user)
        {
            return new SourceChange(UsedBy: user);
        }

        if (request.Signature!.Secrets is { } given)
        {
            database.SourceSecrets.RemoveRange(kept);
            database.SourceSecrets.AddRange(secrets.Rows(id, given));
        }
        else if (schemes.TryFind(request.Signature.Scheme!, out var scheme) && !scheme.NeedsSecret)
        {
            database.SourceSecrets.RemoveRange(kept);
        }

        Apply(request, source);
        if (!await SaveAsync(source, transaction, cancellationToken))
        {
            return new SourceChange(NameTaken: true);
        }

        return new SourceChange(source);
    }

    /// <summary>The workflow that the Source starts, by name; null when there is none.</summary>
    public Task<string?> UserOfAsync(string source, bool activeOnly, CancellationToken cancellationToken) =>
        database
            .Workflows.Where(workflow => workflow.Source == source && (!activeOnly || workflow.Status == Storage.Workflows.WorkflowStatus.Active))
            .Select(workflow => workflow.Name)
            .FirstOrDefaultAsync(cancellationToken);

    public async Task RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Sources.Where(source => source.Id == id).ExecuteUpdateAsync(set => set.SetProperty(source => source.DeletedAt, now), cancellationToken);
        await database.SourceAddresses.Where(address => address.SourceId == id).ExecuteDeleteAsync(cancellationToken);
        await database.SourceSecrets.Where(secret => secret.SourceId == id).ExecuteDeleteAsync(cancellationToken);
        await database.SourceHandshakes.Where(handshake => handshake.SourceId == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await AnnounceAsync(id);
    }

    /// <summary>Two changes of one Source come one after the other.</summary>
    public Task<Source?> LockAsync(Guid id, CancellationToken cancellationToken) =>
        database.Sources.FromSql($"SELECT * FROM hub.sources WHERE id = {id} FOR UPDATE").AsTracking().FirstOrDefaultAsync(cancellationToken);

    /// <summary>What was changed is known to every node from here on.</summary>
    public async Task AnnounceAsync(Guid id)
    {
        directory.Invalidate();
        await channel.NotifyAsync(HubNotice.SourceChanged, id, CancellationToken.None);
    }

    private static void Apply(NewSource request, Source source)
    {
        source.Name = request.Name!;
        source.Scheme = request.Signature!.Scheme!;
        source.SchemeOptions = SignatureRules.OptionsOf(request.Signature)?.GetRawText();
        source.Dedupe = request.Dedupe;
        source.BodyLimit = request.BodyLimit ?? SourceRules.DefaultBodyLimit;
        source.RetentionDays = request.Retention?.Days;
        source.RetentionBytes = request.Retention?.Megabytes << 20;
        source.Settings = new SourceSettings
        {
            Methods = request.Methods,
            ContentTypes = request.ContentTypes,
            AllowedAddresses = request.AllowedAddresses,
            RateLimit = request.RateLimit is { PerSecond: { } perSecond } rate
                ? new RateLimitSettings(perSecond, rate.Burst ?? (int)Math.Ceiling(perSecond))
                : null,
            Respond = AnswerSettingsRules.Read(request.Respond),
            DedupeWindow = request.DedupeWindow,
            BodyAs = SourceRules.BodyReadingOf(request.BodyAs) is BodyReading.Text ? BodyReading.Text : null,
        }.ToJson();
    }

    /// <summary>False when the name is taken.</summary>
    private async Task<bool> SaveAsync(Source source, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }

        await GivePartitionAsync(source, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await AnnounceAsync(source.Id);
        return true;
    }

    /// <summary>A Source with a retention of its own has its deliveries on a partition of their own. The partition is there before the first of them.</summary>
    private async Task GivePartitionAsync(Source source, CancellationToken cancellationToken)
    {
        if (source.RetentionPartition == 0 && source is not { RetentionDays: null, RetentionBytes: null })
        {
            source.RetentionPartition = await SliceStore.AddPartitionAsync((NpgsqlConnection)database.Database.GetDbConnection(), cancellationToken);
            await database.SaveChangesAsync(cancellationToken);
        }
    }
}
