using Hub.Engine.Intake;
using Hub.Signatures;
using Hub.Storage;
using Hub.Storage.Deliveries;
using Hub.Storage.Inbox;

namespace Hub.Operations.Deliveries;

/// <summary>Lets a request out of quarantine whose signature is right now.</summary>
public sealed class DeliveryRelease(QuarantineRelease quarantine)
{
    /// <param name="acceptStale">Also one whose time lies outside the tolerance.</param>
    public async Task<OperationResult<ReleasedDelivery>> ReleaseAsync(WorkspaceScope scope, Guid id, bool acceptStale, CancellationToken cancellationToken)
    {
        var result = await quarantine.ReleaseAsync(scope, id, acceptStale, cancellationToken);
        return result.Verdict switch
        {
            ReleaseVerdict.Missing => new OperationError(
                OperationErrorKind.NotFound,
                "not_found",
                "There is no such request in quarantine: it was released already, or has left."
            ),
            ReleaseVerdict.SourceGone => OperationError.Conflict(
                "source_gone",
                "The Source it came to was deleted. Have the sender send it again, to another Source."
            ),
            ReleaseVerdict.SourceClosed => OperationError.Conflict(
                "source_closed",
                "The Source it came to cannot judge requests. Look at the Source: its 'problem' says why, and what to do."
            ),
            ReleaseVerdict.CertificateUnavailable => OperationError.Conflict(
                "certificate_unavailable",
                "The certificate that signed it cannot be fetched at the moment. Try again later."
            ),
            ReleaseVerdict.Unreadable => OperationError.Conflict(
                "unreadable",
                "Its body cannot be unpacked, or the headers kept of it were encrypted with another key ring. "
                    + "Bring that key ring back, or have the sender send it again."
            ),
            ReleaseVerdict.NotKept => OperationError.Unavailable("not_kept", "The delivery could not be kept now, and stays in quarantine. Try again shortly."),
            ReleaseVerdict.StillRefused => StillRefused(result),
            _ => Released(id, result.Receipt),
        };
    }

    private static OperationError StillRefused(ReleaseResult result)
    {
        var remedy = result.Signature.Verdict == SignatureVerdict.Stale ? " Release it with {\"acceptStale\": true} if it is to be let in all the same." : "";
        return OperationError
            .Conflict("still_refused", $"It is still refused: {result.Signature.Reason}{remedy}")
            .With("verdict", VerdictText.Of(result.Signature.Verdict))
            .With("diagnosis", result.Findings);
    }

    private static ReleasedDelivery Released(Guid id, InboxReceipt receipt) =>
        receipt.Verdict == InboxVerdict.Duplicate ? new(id, DeliveryVerdictText.Duplicate, receipt.FirstDelivery) : new(id, DeliveryVerdictText.Accepted, null);
}
