using Hub.Engine.Bodies;
using Hub.Engine.Verification;
using Hub.Signatures;
using Hub.Signatures.Doctor;
using Hub.Storage;
using Hub.Storage.Inbox;
using Hub.Storage.Quarantine;
using Microsoft.EntityFrameworkCore;

namespace Hub.Engine.Intake;

/// <summary>Lets requests out of quarantine: each is judged again, with today's secrets, as of the time it was received.</summary>
public sealed class QuarantineRelease(
    HubDatabase database,
    SourceDirectory sources,
    SigningCertificates certificates,
    RequestDoctor doctor,
    DeliveryIntake intake,
    IntakeMemory memory,
    QuarantineReader reader
)
{
    private static readonly InboxReceipt NoRoom = new(InboxVerdict.Unavailable);

    /// <param name="acceptStale">Lets one in whose signature is right, whatever its time; the delivery says so.</param>
    public async Task<ReleaseResult> ReleaseAsync(WorkspaceScope scope, Guid id, bool acceptStale, CancellationToken cancellationToken)
    {
        if (await LoadAsync(scope, id, cancellationToken) is not { } aside)
        {
            return new(ReleaseVerdict.Missing);
        }

        if (await sources.FindAsync(aside.SourceId, cancellationToken) is not { } source)
        {
            return new(await sources.FindClosedAsync(aside.SourceId, cancellationToken) is null ? ReleaseVerdict.SourceGone : ReleaseVerdict.SourceClosed);
        }

        if (await reader.ReadAsync(aside, source, cancellationToken) is not { } request)
        {
            return new(ReleaseVerdict.Unreadable);
        }

        if (await certificates.CompleteAsync(source.Scheme, request, cancellationToken) is not { } certified)
        {
            return new(ReleaseVerdict.CertificateUnavailable);
        }

        request = certified;
        var result = source.Scheme.Verify(request, source.Secrets.At(aside.ReceivedAt));
        var isStaleAccepted = acceptStale && result.Verdict == SignatureVerdict.Stale;
        if (!result.IsValid && !isStaleAccepted)
        {
            return new(ReleaseVerdict.StillRefused) { Signature = result, Findings = await doctor.DiagnoseAsync(source, request, cancellationToken) };
        }

        var verdict = IncomingBody.Open(aside.Body, request.Headers.ContentEncoding, source, memory, out var body);
        if (verdict is not BodyVerdict.Readable and not BodyVerdict.NoRoom)
        {
            return new(ReleaseVerdict.Unreadable);
        }

        using var held = body;
        var receipt = NoRoom;
        if (verdict == BodyVerdict.Readable && (!source.ReadsBody || body.TryRead()))
        {
            var delivery = NewDelivery.Of(id, source, request, aside.Body, body.Bytes, aside.Query, aside.ContentType, aside.Headers, isStaleAccepted);
            receipt = await intake.AcceptAsync(delivery, source, body, intake.BeginDeadline(), isFromQuarantine: true) ?? NoRoom;
        }

        if (receipt.Verdict == InboxVerdict.Unavailable && await LoadAsync(scope, id, cancellationToken) is null)
        {
            // Somebody else released it in this moment.
            return new(ReleaseVerdict.Missing);
        }

        return new(ReleaseVerdict.Released) { Receipt = receipt };
    }

    /// <summary>Why a request in quarantine was refused, as of today's secrets; null when it is not there or its Source is gone.</summary>
    public async Task<IReadOnlyList<Finding>?> DiagnoseAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken) =>
        await LoadAsync(scope, id, cancellationToken) is { } aside
        && await sources.FindAsync(aside.SourceId, cancellationToken) is { } source
        && await reader.ReadAsync(aside, source, cancellationToken) is { } kept
        && await certificates.CompleteAsync(source.Scheme, kept, cancellationToken) is { } request
            ? await doctor.DiagnoseAsync(source, request, cancellationToken)
            : null;

    private async Task<QuarantinedRequest?> LoadAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        return await context.Quarantine.FirstOrDefaultAsync(request => request.Id == id, cancellationToken);
    }
}

/// <summary>What became of a request's release.</summary>
public enum ReleaseVerdict
{
    /// <summary>It does not lie in quarantine; also the default.</summary>
    Missing,

    /// <summary>It is a delivery now, or a duplicate of one.</summary>
    Released,

    /// <summary>Its Source was deleted.</summary>
    SourceGone,

    /// <summary>Its Source cannot judge requests until somebody mends it.</summary>
    SourceClosed,

    /// <summary>The certificate that signed it cannot be fetched now.</summary>
    CertificateUnavailable,

    /// <summary>Its signature is still not right.</summary>
    StillRefused,

    /// <summary>Its body cannot be unpacked, or what was masked of it can no longer be decrypted.</summary>
    Unreadable,
}

public sealed record ReleaseResult(ReleaseVerdict Verdict)
{
    /// <summary>Of a released one: the receipt of the inbox.</summary>
    public InboxReceipt Receipt { get; init; }

    /// <summary>Of one that is still refused: why.</summary>
    public SignatureResult Signature { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
