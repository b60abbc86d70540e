using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Hub.Api.Errors;
using Hub.Engine.Intake;
using Hub.Fields;
using Hub.Signatures;
using Hub.Storage;
using Hub.Storage.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Sources;

/// <summary>Adds and removes secrets of a Source while it receives. It is never left without one that lasts.</summary>
internal sealed class SecretRotation(
    HubDbContext database,
    StoredSecrets stored,
    SourceRegistrar registrar,
    SignatureSchemes schemes,
    SecretReader reader,
    TimeProvider time
)
{
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(90);

    /// <summary>Adds a secret; the others of its kind end as asked.</summary>
    public async Task<(SecretView? Secret, ProblemHttpResult? Problem)> AddAsync(Guid id, NewSecret request, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await registrar.LockAsync(id, cancellationToken) is not { } source)
        {
            return (null, Problems.NotFound("Source"));
        }

        if (!TryFindScheme(source, out var scheme, out var problem))
        {
            return (null, problem);
        }

        var rows = await stored.RowsOfAsync(id, cancellationToken);
        if (ProblemOf(request, scheme, rows) is { } refusal)
        {
            return (null, refusal);
        }

        if (request.ExpireOthersAfter is { } text && DurationText.TryParse(text, out var overlap))
        {
            var end = time.GetUtcNow() + overlap;
            foreach (
                var other in rows.Where(row =>
                    (row.ExpiresAt is null || row.ExpiresAt > end) && Proves(row, scheme) == scheme.ProvesDeliveries(request.Secret!)
                )
            )
            {
                other.ExpiresAt = end;
            }
        }

        var added = stored.Rows(id, [request.Secret!]).Single();
        database.SourceSecrets.Add(added);
        await RemoveSpentAsync(id, request.Secret!, cancellationToken);
        await SaveAsync(id, transaction, cancellationToken);
        return (stored.View(added), null);
    }

    /// <summary>Removes a secret; null when it is gone.</summary>
    public async Task<ProblemHttpResult?> RemoveAsync(Guid id, Guid secretId, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await registrar.LockAsync(id, cancellationToken) is not { } source)
        {
            return Problems.NotFound("Source");
        }

        var row = await database.SourceSecrets.AsTracking().FirstOrDefaultAsync(secret => secret.Id == secretId && secret.SourceId == id, cancellationToken);
        if (row is null)
        {
            return Problems.NotFound("secret of this Source");
        }

        if (!TryFindScheme(source, out var scheme, out var problem))
        {
            return problem;
        }

        var rows = await stored.RowsOfAsync(id, cancellationToken);
        if (scheme.NeedsSecret && row.ExpiresAt is null && Proves(row, scheme) && !rows.Any(other => other.Id != secretId && IsLastingAndReadable(other)))
        {
            return Problems.Create(
                409,
                "secret_last",
                "This is the last secret of the Source that does not expire, and without one it would refuse every delivery. Add its successor first."
            );
        }

        database.SourceSecrets.Remove(row);
        await SaveAsync(id, transaction, cancellationToken);
        return null;

        bool IsLastingAndReadable(SourceSecret one) => one.ExpiresAt is null && stored.Reveal(one) is { } secret && scheme.ProvesDeliveries(secret);
    }

    /// <summary>One that cannot be decrypted is taken for one that deliveries are judged with, as most are.</summary>
    private bool Proves(SourceSecret row, ISignatureScheme scheme) => stored.Reveal(row) is not { } secret || scheme.ProvesDeliveries(secret);

    private bool TryFindScheme(Source source, [NotNullWhen(true)] out ISignatureScheme? scheme, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        using var options = source.SchemeOptions is null ? null : JsonDocument.Parse(source.SchemeOptions);
        problem = schemes.TryFind(source.Scheme, options?.RootElement, out scheme, out var error)
            ? null
            : Problems.Create(
                409,
                "source_closed",
                $"The secrets cannot be changed while the Source's scheme cannot be used: {error} Change the Source's scheme first."
            );
        return problem is null;
    }

    private ProblemHttpResult? ProblemOf(NewSecret request, ISignatureScheme scheme, List<SourceSecret> rows)
    {
        var errors = new List<FieldError>();
        if (!scheme.NeedsSecret)
        {
            errors.Add(new("/secret", "secret_useless", $"The scheme '{scheme.Name}' uses no secret.", "Change the Source's scheme first."));
        }
        else if (SignatureRules.SecretError(scheme, request.Secret) is { } wrong)
        {
            errors.Add(new("/secret", "secret_invalid", wrong, "Copy it again from the sender's settings."));
        }

        if (request.ExpireOthersAfter is { } text && !(DurationText.TryParse(text, out var overlap) && overlap <= LongestOverlap))
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

        return errors.Count > 0 ? Problems.Create(400, "secret_invalid", $"The secret was not added: {errors[0].Message}", errors)
            : rows.Any(row => stored.Reveal(row) == request.Secret) ? Problems.Create(409, "secret_exists", "The Source has this secret already.")
            : rows.Count >= SignatureRules.MostSecrets
                ? Problems.Create(
                    409,
                    "too_many_secrets",
                    $"A Source has at most {SignatureRules.MostSecrets} secrets. Remove those that have been rotated away."
                )
            : null;
    }

    /// <summary>What has expired, and what was handed over and is adopted now.</summary>
    private async Task RemoveSpentAsync(Guid id, string adopted, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.SourceSecrets.Where(secret => secret.SourceId == id && secret.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var handshakes = await database.SourceHandshakes.AsTracking().Where(handshake => handshake.SourceId == id).ToListAsync(cancellationToken);
        database.SourceHandshakes.RemoveRange(handshakes.Where(handshake => reader.Reveal(handshake) == adopted));
    }

    private async Task SaveAsync(Guid id, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await registrar.AnnounceAsync(id);
    }
}
