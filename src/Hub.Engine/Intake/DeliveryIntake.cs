using System.Runtime.CompilerServices;
using Hub.Engine.Responses;
using Hub.Engine.Verification;
using Hub.Signatures;
using Hub.Signatures.Handshakes;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>
/// From a request to a Source to a delivery that is kept. Each stage goes on or says how the request ends; whoever asked says that to its sender. One out of
/// quarantine goes the same way, without what concerns senders.
/// </summary>
public sealed class DeliveryIntake(
    SourceDirectory sources,
    SigningCertificates certificates,
    Handshakes handshakes,
    RefusedRequests refused,
    SecretUses uses,
    BodyOpener bodies,
    WaitingRoom waiting,
    ExecutionIntake executions
)
{
    /// <summary>For a request whose answer is asked for from now on.</summary>
    public AnswerDeadline BeginDeadline() => executions.BeginDeadline();

    /// <summary>No Source can judge it: there is none of that token, or it waits to be mended.</summary>
    public async ValueTask<IntakeOutcome> RefuseAsync(string token, CancellationToken cancellationToken)
    {
        if (await sources.FindClosedAsync(token, cancellationToken) is not { } closed)
        {
            return Refusals.NotFound;
        }

        refused.Count(closed.Id, Refusals.Closed.Code);
        return Refusals.Closed;
    }

    /// <summary>Before the body is read; null when it is to be. What is no delivery may still be a handshake, and is judged later.</summary>
    public IntakeOutcome? Admit(ArrivingRequest request)
    {
        var (source, method) = (request.Source, request.Method);
        var refusal = Admission.OfSender(request) ?? (source.Scheme.TakesHandshakesBy(method) ? null : Admission.OfDelivery(source, method, request.Headers));
        return refusal is null ? (IntakeOutcome?)null : Refuse(source, method, refusal);
    }

    /// <summary>Its body was not read.</summary>
    public IntakeOutcome Refuse(ReceivingSource source, string method, IntakeRefusal refusal)
    {
        if (refusal.Kind == RefusalKind.WrongMethod && method == "HEAD")
        {
            return Handshakes.Listening;
        }

        if (refusal.IsCounted)
        {
            refused.Count(source.Id, refusal.Code);
        }

        return refusal;
    }

    /// <summary>Proves, unpacks, decides and commits. It returns after the commit, or when the deadline is over.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IntakeOutcome> ReceiveAsync(IncomingRequest request, AnswerDeadline deadline)
    {
        var source = request.Source;
        if (source.Scheme.Certificate is not null)
        {
            if (await CertifiedAsync(source, request.Signed, deadline) is not { } certified)
            {
                return Refuse(request, Refusals.CertificateUnavailable);
            }

            request = request with { Signed = certified };
        }

        var secrets = source.Secrets.At(request.Signed.ReceivedAt);
        if (request.MayBeHandshake)
        {
            if (await handshakes.AnswerAsync(request, secrets, deadline) is { } answered)
            {
                return answered;
            }

            if (Admission.OfDelivery(source, request.Signed.Method, request.Signed.Headers) is { } refusal)
            {
                return Refuse(request, refusal);
            }
        }

        var result = source.Scheme.Verify(request.Signed, secrets);
        return request.IsProvenBy(result) ? await KeepAsync(request, result, deadline) : await RefuseUnprovenAsync(request, result, deadline);
    }

    /// <summary>The request with its certificate; null when that cannot be had in time.</summary>
    private async ValueTask<SignedRequest?> CertifiedAsync(ReceivingSource source, SignedRequest signed, AnswerDeadline deadline)
    {
        try
        {
            return await deadline.WaitAsync(certificates.CompleteAsync(source.Scheme, signed, CancellationToken.None));
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private async ValueTask<IntakeOutcome> RefuseUnprovenAsync(IncomingRequest request, SignatureResult result, AnswerDeadline deadline)
    {
        var refusal = Refusals.Unproven(result);
        if (request.Aside is not null)
        {
            return refusal;
        }

        var kept = await refused.KeepAsync(request, result, deadline);
        return request.Source.Secrets.HasUnreadableAt(request.Signed.ReceivedAt) ? Refusals.SecretUnreadable : refusal with { KeptAside = kept };
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IntakeOutcome> KeepAsync(IncomingRequest request, SignatureResult result, AnswerDeadline deadline)
    {
        var (source, isAtTheDoor) = (request.Source, request.Aside is null);
        if (isAtTheDoor && result.SecretIndex is { } index)
        {
            uses.Note(source.Secrets.IdOf(index), request.Signed.ReceivedAt);
        }

        var id = request.Aside?.Id ?? Guid.CreateVersion7(request.Signed.ReceivedAt);
        var wait = isAtTheDoor ? waiting.TryEnter(source) : null;
        var outcome = default(IntakeOutcome);
        try
        {
            outcome = await CommitAsync(id, request, isStaleAccepted: !result.IsValid, wait, deadline);
        }
        finally
        {
            if (outcome.Delivery.Source is null)
            {
                wait?.Dispose();
            }
        }

        return outcome;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IntakeOutcome> CommitAsync(Guid id, IncomingRequest request, bool isStaleAccepted, DeliveryWait? wait, AnswerDeadline deadline)
    {
        var (source, signed) = (request.Source, request.Signed);
        var verdict = bodies.Open(source, request.Body, signed.Headers.ContentEncoding, out var body);
        using var held = body;
        if (Admission.OfBody(verdict, source) is { } unreadable)
        {
            return Refuse(request, unreadable);
        }

        if (source.ReadsBody && !body.TryRead())
        {
            return Refusals.Busy;
        }

        var delivery = NewDelivery.Of(id, request, body.Bytes, isStaleAccepted);
        var receipt = await executions.KeepAsync(delivery, source, body, deadline, wait, isFromQuarantine: request.Aside is not null);
        return receipt switch
        {
            null => Refusals.Busy,
            { Verdict: InboxVerdict.Unavailable } => Refusals.NotKept,
            { } kept => new TakenDelivery(source, id, kept, request.Aside is null ? AcknowledgementOf(source, signed) : null, wait),
        };
    }

    /// <summary>What the provider insists on, unless the Source says otherwise.</summary>
    private static HandshakeAnswer? AcknowledgementOf(ReceivingSource source, SignedRequest request) =>
        source.Respond is null or { Mode: AnswerMode.AtOnce } ? HandshakeResponder.Acknowledge(source.Scheme, request) : null;

    private IntakeOutcome Refuse(IncomingRequest request, IntakeRefusal refusal) =>
        request.Aside is null ? Refuse(request.Source, request.Signed.Method, refusal) : refusal;
}
