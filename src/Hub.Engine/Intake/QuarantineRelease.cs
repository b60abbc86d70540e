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
    QuarantineReader reader
)
{
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

        var incoming = new IncomingRequest(source, request, aside.Body, aside.Query) { Aside = aside, AcceptsStale = acceptStale };
        var outcome = await intake.ReceiveAsync(incoming, intake.BeginDeadline());
        return outcome.Refusal switch
        {
            null => new(ReleaseVerdict.Released) { Receipt = outcome.Delivery.Receipt },
            { Kind: RefusalKind.Unproven } refusal => await StillRefusedAsync(source, request, refusal.Signature, cancellationToken),
            { Kind: RefusalKind.Malformed or RefusalKind.TooLarge } => new(ReleaseVerdict.Unreadable),
            var refusal when refusal == Refusals.CertificateUnavailable => new(ReleaseVerdict.CertificateUnavailable),
            // When it is gone now, somebody else released it in this moment.
            _ => new(await LoadAsync(scope, id, cancellationToken) is null ? ReleaseVerdict.Missing : ReleaseVerdict.NotKept),
        };
    }

    private async ValueTask<ReleaseResult> StillRefusedAsync(
        ReceivingSource source,
        SignedRequest request,
        SignatureResult signature,
        CancellationToken cancellationToken
    )
    {
        // Without a certificate that was to be had a moment ago there is nothing to say but the verdict.
        var certified = await certificates.CompleteAsync(source.Scheme, request, cancellationToken) ?? request;
        return new(ReleaseVerdict.StillRefused) { Signature = signature, Findings = await doctor.DiagnoseAsync(source, certified, cancellationToken) };
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

    /// <summary>It could not be kept now, and stays where it is.</summary>
    NotKept,

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
