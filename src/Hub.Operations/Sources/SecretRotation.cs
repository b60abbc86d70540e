using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Hub.Engine.Intake;
using Hub.Fields;
using Hub.Signatures;
using Hub.Storage;
using Hub.Storage.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hub.Operations.Sources;

/// <summary>Adds and removes secrets of a Source while it receives. It is never left without one that lasts.</summary>
public sealed class SecretRotation(
    HubDatabase database,
    StoredSecrets stored,
    SourceChanges changes,
    SignatureSchemes schemes,
    SecretReader reader,
    TimeProvider time
)
{
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(90);

    /// <summary>The newest first, without the secrets themselves.</summary>
    public async Task<OperationResult<SecretView[]>> ListAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (!await context.Sources.AnyAsync(source => source.Id == id, cancellationToken))
        {
            return OperationError.NotFound("Source");
        }

        var rows = await context
            .SourceSecrets.Where(secret => secret.SourceId == id)
            .OrderByDescending(secret => secret.CreatedAt)
            .ToListAsync(cancellationToken);
        return rows.Select(stored.View).ToArray();
    }

    /// <summary>What the provider handed over by handshake, in the clear, the newest first.</summary>
    public async Task<OperationResult<HandshakeView[]>> HandshakesAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        if (!await context.Sources.AnyAsync(source => source.Id == id, cancellationToken))
        {
            return OperationError.NotFound("Source");
        }

        var rows = await context
            .SourceHandshakes.Where(row => row.SourceId == id)
            .OrderByDescending(row => row.ReceivedAt)
            .Take(SourceHandshake.Most)
            .ToListAsync(cancellationToken);
        return rows.Select(row => new HandshakeView(row.Name, reader.Reveal(row), row.ReceivedAt)).ToArray();
    }

    /// <summary>Adds a secret; the others of its kind end as wanted.</summary>
    public async Task<OperationResult<SecretView>> AddAsync(WorkspaceScope scope, Guid id, NewSecret wanted, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await SourceChanges.LockAsync(context, id, cancellationToken) is not { } source)
        {
            return OperationError.NotFound("Source");
        }

        if (!TryFindScheme(source, out var scheme, out var problem))
        {
            return problem;
        }

        var rows = await stored.RowsOfAsync(context, id, cancellationToken);
        if (ProblemOf(wanted, scheme, rows) is { } refusal)
        {
            return refusal;
        }

        if (wanted.ExpireOthersAfter is { } text && DurationText.TryParse(text, out var overlap))
        {
            var end = time.GetUtcNow() + overlap;
            foreach (
                var other in rows.Where(row => (row.ExpiresAt is null || row.ExpiresAt > end) && Proves(row, scheme) == scheme.ProvesDeliveries(wanted.Secret!))
            )
            {
                other.ExpiresAt = end;
            }
        }

        var added = stored.Rows(id, [wanted.Secret!]).Single();
        context.SourceSecrets.Add(added);
        await RemoveSpentAsync(context, id, wanted.Secret!, cancellationToken);
        await SaveAsync(context, id, transaction, cancellationToken);
        return stored.View(added);
    }

    /// <summary>Removes a secret; null when it is gone.</summary>
    public async Task<OperationError?> RemoveAsync(WorkspaceScope scope, Guid id, Guid secretId, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await SourceChanges.LockAsync(context, id, cancellationToken) is not { } source)
        {
            return OperationError.NotFound("Source");
        }

        var row = await context.SourceSecrets.AsTracking().FirstOrDefaultAsync(secret => secret.Id == secretId && secret.SourceId == id, cancellationToken);
        if (row is null)
        {
            return OperationError.NotFound("secret of this Source");
        }

        if (!TryFindScheme(source, out var scheme, out var problem))
        {
            return problem;
        }

        var rows = await stored.RowsOfAsync(context, id, cancellationToken);
        if (scheme.NeedsSecret && row.ExpiresAt is null && Proves(row, scheme) && !rows.Any(other => other.Id != secretId && IsLastingAndReadable(other)))
        {
            return OperationError.Conflict(
                "secret_last",
                "This is the last secret of the Source that does not expire, and without one it would refuse every delivery. Add its successor first."
            );
        }

        context.SourceSecrets.Remove(row);
        await SaveAsync(context, id, transaction, cancellationToken);
        return null;

        bool IsLastingAndReadable(SourceSecret one) => one.ExpiresAt is null && stored.Reveal(one) is { } secret && scheme.ProvesDeliveries(secret);
    }

    /// <summary>One that cannot be decrypted is taken for one that deliveries are judged with, as most are.</summary>
    private bool Proves(SourceSecret row, ISignatureScheme scheme) => stored.Reveal(row) is not { } secret || scheme.ProvesDeliveries(secret);

    private bool TryFindScheme(Source source, [NotNullWhen(true)] out ISignatureScheme? scheme, [NotNullWhen(false)] out OperationError? problem)
    {
        using var options = source.SchemeOptions is null ? null : JsonDocument.Parse(source.SchemeOptions);
        problem = schemes.TryFind(source.Scheme, options?.RootElement, out scheme, out var error)
            ? null
            : OperationError.Conflict(
                "source_closed",
                $"The secrets cannot be changed while the Source's scheme cannot be used: {error} Change the Source's scheme first."
            );
        return problem is null;
    }

    private OperationError? ProblemOf(NewSecret wanted, ISignatureScheme scheme, List<SourceSecret> rows)
    {
        var errors = new List<FieldError>();
        if (!scheme.NeedsSecret)
        {
            errors.Add(new("/secret", "secret_useless", $"The scheme '{scheme.Name}' uses no secret.", "Change the Source's scheme first."));
        }
        else if (SignatureRules.SecretError(scheme, wanted.Secret) is { } wrong)
        {
            errors.Add(new("/secret", "secret_invalid", wrong, "Copy it again from the sender's settings."));
        }

        if (wanted.ExpireOthersAfter is { } text && !(DurationText.TryParse(text, out var overlap) && overlap <= LongestOverlap))
        {
            errors.Add(
                new(
                    "/expireOthersAfter",
                    "duration_invalid",
                    $"'{text}' is not a duration of up to {LongestOverlap.TotalDays:0} days.",
                    "Write it as 24h, 30m or 7d; 0s ends the others now."
                )
            );
        }

        return errors.Count > 0 ? OperationError.Invalid("secret_invalid", "The secret was not added", errors)
            : rows.Any(row => stored.Reveal(row) == wanted.Secret)
                ? OperationError.Conflict("secret_exists", "The Source has this secret already: there is nothing to do, or another one was meant.")
            : rows.Count >= SignatureRules.MostSecrets
                ? OperationError.Conflict(
                    "too_many_secrets",
                    $"A Source has at most {SignatureRules.MostSecrets} secrets. Remove those that have been rotated away."
                )
            : null;
    }

    /// <summary>What has expired, and what was handed over and is adopted now.</summary>
    private async Task RemoveSpentAsync(HubDbContext context, Guid id, string adopted, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await context.SourceSecrets.Where(secret => secret.SourceId == id && secret.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var handshakes = await context.SourceHandshakes.AsTracking().Where(handshake => handshake.SourceId == id).ToListAsync(cancellationToken);
        context.SourceHandshakes.RemoveRange(handshakes.Where(handshake => reader.Reveal(handshake) == adopted));
    }

    private async Task SaveAsync(HubDbContext context, Guid id, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await changes.AnnounceAsync(id);
    }
}
