using Hub.Api.Errors;
using Hub.Connectors.Signatures;
using Hub.Engine.Bodies;
using Hub.Engine.Intake;
using Hub.Engine.Responses;
using Hub.Storage.Inbox;

namespace Hub.Api.Webhooks;

/// <summary>Raw body in, 202 and a delivery id out: find the Source, admit, answer handshakes, verify, unpack, commit, answer.</summary>
internal sealed class WebhookReceiver(
    SourceDirectory sources,
    Admission admission,
    Handshakes handshakes,
    RefusedRequests refused,
    SecretUses uses,
    DeliveryIntake intake,
    IntakeMemory memory,
    WaitingRoom waiting,
    DeliveryAnswers answers,
    PublicAddress address,
    TimeProvider time)
{
    public async Task ReceiveAsync(string token, HttpContext context)
    {
        var receivedAt = time.GetUtcNow();
        if (await sources.FindAsync(token, context.RequestAborted) is not { } source)
        {
            await MissAsync(token, context);
            return;
        }

        var request = context.Request;
        if (await AdmitAsync(source, context, receivedAt) is not { } body)
        {
            return;
        }

        var signed = new SignedRequest(request.Method, address.CalledUrl(request), request.Headers, body, receivedAt);
        if (!await ProveAsync(source, signed, context))
        {
            return;
        }

        using var wait = waiting.TryEnter(source);
        var id = Guid.CreateVersion7(receivedAt);
        if (await KeepAsync(id, source, signed, body, wait, context) is { } receipt)
        {
            await answers.WriteAsync(context, source, signed, id, receipt, wait);
        }
    }

    /// <summary>Unpacks, decides and commits; null when the request was refused. What was unpacked is let go of before anybody waits for an answer.</summary>
    private async ValueTask<InboxReceipt?> KeepAsync(Guid id, ReceivingSource source, SignedRequest signed, byte[] body, DeliveryWait? wait, HttpContext context)
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
            var headers = DeliveryHeaders.ToJson(request.Headers, source.Scheme);
            var delivery = NewDelivery.Of(id, source, signed, body, incoming.Bytes, request.QueryString.Value ?? "", request.ContentType, headers);
            receipt = await intake.AcceptAsync(delivery, source, incoming, wait);
        }

        if (receipt is null)
        {
            // Nothing was promised, so nothing is counted.
            await Admission.Busy.WriteAsync(context);
        }

        return receipt;
    }

    /// <summary>The body of a request that may come in; null when it was refused. What is no delivery may still be a handshake, and is judged later.</summary>
    private async ValueTask<byte[]?> AdmitAsync(ReceivingSource source, HttpContext context, DateTimeOffset receivedAt)
    {
        var refusal = admission.OfSender(source, context, receivedAt);
        if (refusal is null && !source.Scheme.MayShakeHands(context.Request.Method))
        {
            refusal = Admission.OfDelivery(source, context.Request);
        }

        if (refusal is null && await RequestBody.ReadAsync(context, source.BodyLimit) is { } body)
        {
            return body;
        }

        await RefuseAsync(source, refusal ?? new Refusal(413, "body_too_large", $"This Source takes bodies of up to {source.BodyLimit} bytes."), context);
        return null;
    }

    /// <summary>True for a delivery with a valid signature; a handshake and everything else has been answered.</summary>
    private async ValueTask<bool> ProveAsync(ReceivingSource source, SignedRequest signed, HttpContext context)
    {
        var secrets = source.Secrets.At(signed.ReceivedAt);
        if (source.Scheme.MayShakeHands(signed.Method))
        {
            if (await handshakes.TryAnswerAsync(source, signed, secrets, context))
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
            source, signed, result, context.Request.QueryString.Value ?? "", context.Request.ContentType, DeliveryHeaders.ToJson(signed.Headers, source.Scheme), CancellationToken.None);
        if (source.Secrets.HasUnreadableAt(signed.ReceivedAt))
        {
            await Admission.SecretUnreadable.WriteAsync(context);
            return false;
        }

        await Problems.Create(401, CodeOf(result.Verdict), result.Reason, kept).ExecuteAsync(context);
        return false;
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

    private Task RefuseAsync(ReceivingSource source, Refusal refusal, HttpContext context)
    {
        refused.Count(source.Id, refusal.Code);
        return refusal.WriteAsync(context);
    }

    private static string CodeOf(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Missing => "signature_missing",
        SignatureVerdict.Stale => "signature_stale",
        _ => "signature_invalid",
    };
}
