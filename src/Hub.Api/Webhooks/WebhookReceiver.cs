using System.Runtime.CompilerServices;
using Hub.Api.Bodies;
using Hub.Api.Errors;
using Hub.Connectors.Secrets;
using Hub.Engine.Bodies;
using Hub.Engine.Intake;
using Hub.Engine.Responses;
using Hub.Engine.Verification;
using Hub.Signatures;
using Hub.Signatures.Handshakes;
using Hub.Storage.Inbox;

namespace Hub.Api.Webhooks;

/// <summary>Raw body in, 202 and a delivery id out: find the Source, admit, answer handshakes, verify, unpack, commit, answer.</summary>
internal sealed class WebhookReceiver(
    SourceDirectory sources,
    Admission admission,
    BodyReader bodies,
    SigningCertificates certificates,
    Handshakes handshakes,
    RefusedRequests refused,
    SecretUses uses,
    DeliveryIntake intake,
    IntakeMemory memory,
    WaitingRoom waiting,
    DeliveryAnswers answers,
    PublicAddress address,
    TimeProvider time
)
{
    public async Task ReceiveAsync(string token, HttpContext context)
    {
        var receivedAt = time.GetUtcNow();
        var deadline = intake.BeginDeadline();
        if (await sources.FindAsync(token, context.RequestAborted) is not { } source)
        {
            await MissAsync(token, context);
            return;
        }

        if (await TakeAsync(source, context, receivedAt, deadline) is { } taken)
        {
            using var wait = taken.Wait;
            await answers.WriteAsync(context, source, taken);
        }
    }

    /// <summary>Admits, proves and keeps a delivery; null when the request was answered. Its body is let go of before anybody waits for an answer.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TakenDelivery?> TakeAsync(ReceivingSource source, HttpContext context, DateTimeOffset receivedAt, AnswerDeadline deadline)
    {
        var request = context.Request;
        var asked = time.GetTimestamp();
        using var body = await AdmitAsync(source, context, receivedAt);
        if (body.Bytes is not { } bytes)
        {
            return null;
        }

        // How long the body takes to come is up to the sender.
        deadline = deadline.After(time.GetElapsedTime(asked));

        var signed = new SignedRequest(request.Method, address.CalledUrl(request), request.Headers, bytes, receivedAt);
        if (!await ProveAsync(source, signed, deadline, context))
        {
            return null;
        }

        var id = Guid.CreateVersion7(receivedAt);
        var wait = waiting.TryEnter(source);
        InboxReceipt? receipt = null;
        try
        {
            receipt = await KeepAsync(id, source, signed, bytes, deadline, wait, context);
        }
        finally
        {
            if (receipt is null)
            {
                wait?.Dispose();
            }
        }

        return receipt is { } kept ? new TakenDelivery(id, kept, DeliveryAnswers.AcknowledgementOf(source, signed), wait) : null;
    }

    /// <summary>Unpacks, decides and commits; null when the request was refused.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<InboxReceipt?> KeepAsync(
        Guid id,
        ReceivingSource source,
        SignedRequest signed,
        byte[] body,
        AnswerDeadline deadline,
        DeliveryWait? wait,
        HttpContext context
    )
    {
        var request = context.Request;
        var verdict = IncomingBody.Open(body, request.Headers.ContentEncoding, source, memory, out var incoming);
        using var held = incoming;
        if (verdict != BodyVerdict.NoRoom && Admission.OfBody(verdict, source) is { } unreadable)
        {
            await RefuseAsync(source, unreadable, context);
            return null;
        }

        InboxReceipt? receipt = null;
        if (verdict != BodyVerdict.NoRoom && (!source.ReadsBody || incoming.TryRead()))
        {
            var headers = DeliveryHeaders.ToJson(request.Headers, source);
            var (query, type) = (QueryOf(source, request), DeliveryHeaders.ContentTypeOf(request, source));
            var delivery = NewDelivery.Of(id, source, signed, body, incoming.Bytes, query, type, headers);
            receipt = await intake.AcceptAsync(delivery, source, incoming, deadline, wait);
        }

        if (receipt is null)
        {
            await RefuseAsync(source, Admission.Busy, context);
        }

        return receipt;
    }

    /// <summary>
    /// The body of a request that may come in; without bytes when it was refused. What is no delivery may still be a handshake, and is judged later.
    /// </summary>
    private async ValueTask<ReceivedBody> AdmitAsync(ReceivingSource source, HttpContext context, DateTimeOffset receivedAt)
    {
        var refusal = admission.OfSender(source, context, receivedAt);
        if (refusal is null && !source.Scheme.TakesHandshakesBy(context.Request.Method))
        {
            refusal = Admission.OfDelivery(source, context.Request);
        }

        ReceivedBody body = default;
        if (refusal is null)
        {
            body = await bodies.ReadAsync(context, source.Id, source.BodyLimit);
            refusal = body.Bytes is null ? Admission.OfUnread(body) : null;
        }

        if (refusal is not null)
        {
            await RefuseAsync(source, refusal, context);
        }

        return body;
    }

    /// <summary>True for a delivery with a valid signature; a handshake and everything else has been answered.</summary>
    private async ValueTask<bool> ProveAsync(ReceivingSource source, SignedRequest signed, AnswerDeadline deadline, HttpContext context)
    {
        if (source.Scheme.Certificate is not null)
        {
            if (await CertifiedAsync(source, signed, deadline) is not { } certified)
            {
                await RefuseAsync(source, Admission.CertificateUnavailable, context);
                return false;
            }

            signed = certified;
        }

        var secrets = source.Secrets.At(signed.ReceivedAt);
        if (source.Scheme.TakesHandshakesBy(signed.Method))
        {
            if (await handshakes.TryAnswerAsync(source, signed, secrets, deadline, context))
            {
                return false;
            }

            if (Admission.OfDelivery(source, context.Request) is { } refusal)
            {
                await RefuseAsync(source, refusal, context);
                return false;
            }
        }

        var result = source.Scheme.Verify(signed, secrets);
        if (result.IsValid)
        {
            if (result.SecretIndex is { } index)
            {
                uses.Note(source.Secrets.IdOf(index), signed.ReceivedAt);
            }

            return true;
        }

        var kept = await refused.KeepAsync(
            source,
            signed,
            result,
            QueryOf(source, context.Request),
            DeliveryHeaders.ContentTypeOf(context.Request, source),
            DeliveryHeaders.ToJson(signed.Headers, source),
            deadline
        );
        if (source.Secrets.HasUnreadableAt(signed.ReceivedAt))
        {
            await Admission.SecretUnreadable.WriteAsync(context);
            return false;
        }

        await Problems.Create(401, CodeOf(result.Verdict), result.Reason, kept).ExecuteAsync(context);
        return false;
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

    /// <summary>No Source can judge it: there is none of that token, or it waits to be mended.</summary>
    private async Task MissAsync(string token, HttpContext context)
    {
        if (await sources.FindClosedAsync(token, context.RequestAborted) is { } closed)
        {
            refused.Count(closed.Id, Admission.Closed.Code);
            await Admission.Closed.WriteAsync(context);
            return;
        }

        await Problems.NotFound("webhook address").ExecuteAsync(context);
    }

    private static string QueryOf(ReceivingSource source, HttpRequest request) => MaskedQuery.Of(request.QueryString.Value ?? "", source.Secrets.Mask);

    private Task RefuseAsync(ReceivingSource source, Refusal refusal, HttpContext context)
    {
        // A HEAD that is no delivery asks whether the address listens, as many providers do before they save one.
        if (refusal.Status == 405 && HttpMethods.IsHead(context.Request.Method))
        {
            return WholeResponse.WriteAsync(context.Response, 200, null, default);
        }

        // To the busy hub nothing was promised, so nothing is counted.
        if (refusal != Admission.Busy)
        {
            refused.Count(source.Id, refusal.Code);
        }

        return refusal.WriteAsync(context);
    }

    private static string CodeOf(SignatureVerdict verdict) =>
        verdict switch
        {
            SignatureVerdict.Missing => "signature_missing",
            SignatureVerdict.Stale => "signature_stale",
            _ => "signature_invalid",
        };
}

/// <summary>A delivery that is to be answered.</summary>
/// <param name="Id">Its id, when it was kept.</param>
/// <param name="Acknowledgement">What its provider insists on.</param>
/// <param name="Wait">The executions to wait for; null when nobody waits.</param>
internal readonly record struct TakenDelivery(Guid Id, InboxReceipt Receipt, HandshakeAnswer? Acknowledgement, DeliveryWait? Wait);
