using Hub.Api.Errors;
using Hub.Connectors.Signatures;
using Hub.Engine.Bodies;
using Hub.Engine.Intake;

namespace Hub.Api.Webhooks;

/// <summary>Raw body in, 202 and a delivery id out: find the Source, admit, answer handshakes, verify, unpack, commit, answer.</summary>
internal sealed class WebhookReceiver(
    SourceDirectory sources,
    Admission admission,
    Handshakes handshakes,
    RefusedRequests refused,
    SecretUses uses,
    DeliveryIntake intake,
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
            await Problems.NotFound("webhook address").ExecuteAsync(context);
            return;
        }

        var request = context.Request;
        if (await AdmitAsync(source, context) is not { } body)
        {
            return;
        }

        var signed = new SignedRequest(request.Method, address.CalledUrl(request), request.Headers, body, receivedAt);
        if (!await ProveAsync(source, signed, context))
        {
            return;
        }

        var verdict = BodyEncoding.Decode(body, request.Headers.ContentEncoding, out var readable);
        if (Admission.OfBody(verdict) is { } unreadable)
        {
            await RefuseAsync(source, unreadable, context);
            return;
        }

        var delivery = NewDelivery.Of(
            Guid.CreateVersion7(receivedAt), source, signed, body, readable, request.QueryString.Value ?? "", request.ContentType, DeliveryHeaders.ToJson(request.Headers, source.Scheme));
        using var wait = waiting.TryEnter(source);
        var receipt = await intake.AcceptAsync(delivery, source, wait);
        await answers.WriteAsync(context, source, signed, delivery.Id, receipt, wait);
    }

    /// <summary>The body of a request that may come in; null when it was refused. What is no delivery may still be a handshake, and is judged later.</summary>
    private async ValueTask<byte[]?> AdmitAsync(ReceivingSource source, HttpContext context)
    {
        var refusal = admission.OfSender(source, context);
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
        await Problems.Create(401, CodeOf(result.Verdict), result.Reason, kept).ExecuteAsync(context);
        return false;
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
