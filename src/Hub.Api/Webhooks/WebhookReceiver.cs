using System.Buffers;
using System.Text;
using System.Text.Json;
using Hub.Api.Errors;
using Hub.Connectors.Secrets;
using Hub.Connectors.Signatures;
using Hub.Engine.Intake;
using Hub.Storage.Inbox;

namespace Hub.Api.Webhooks;

/// <summary>Raw body in, 202 and a delivery id out: find the Source, read, verify, find duplicates, commit, answer.</summary>
internal sealed class WebhookReceiver(SourceDirectory sources, DeliveryIntake intake, PublicAddress address, TimeProvider time)
{
    public async Task ReceiveAsync(string token, HttpContext context)
    {
        var receivedAt = time.GetUtcNow();
        if (await sources.FindAsync(token, context.RequestAborted) is not { } source)
        {
            await Problems.NotFound("webhook address").ExecuteAsync(context);
            return;
        }

        if (await RequestBody.ReadAsync(context, source.BodyLimit) is not { } body)
        {
            await Problems.Create(413, "body_too_large", $"This Source takes bodies of up to {source.BodyLimit} bytes.").ExecuteAsync(context);
            return;
        }

        var request = context.Request;
        var signed = new SignedRequest(request.Method, address.CalledUrl(request), request.Headers, body, receivedAt);
        var result = source.Scheme.Verify(signed, source.Secrets);
        if (!result.IsValid)
        {
            await Problems.Create(401, CodeOf(result.Verdict), result.Reason).ExecuteAsync(context);
            return;
        }

        var delivery = new Delivery
        {
            Id = Guid.CreateVersion7(receivedAt),
            SourceId = source.Id,
            ReceivedAt = receivedAt,
            Method = request.Method,
            Query = request.QueryString.Value ?? "",
            ContentType = request.ContentType,
            Headers = HeadersJson(request.Headers),
            DedupeKey = source.Dedupe?.KeyFor(signed),
            Body = body,
        };
        var receipt = await intake.AcceptAsync(delivery, source.Name, CancellationToken.None);
        await AnswerAsync(context, delivery.Id, receipt);
    }

    private async Task AnswerAsync(HttpContext context, Guid delivery, InboxReceipt receipt)
    {
        if (receipt.Verdict == InboxVerdict.Unavailable)
        {
            context.Response.Headers.RetryAfter = "2";
            await Problems.Create(503, "not_kept", "The delivery could not be kept and was not accepted. Send it again.").ExecuteAsync(context);
            return;
        }

        var duplicate = receipt.Verdict == InboxVerdict.Duplicate;
        var kept = duplicate ? receipt.FirstDelivery : delivery;
        var response = context.Response;
        response.StatusCode = duplicate ? 200 : 202;
        response.ContentType = "application/json; charset=utf-8";
        using (var writer = new Utf8JsonWriter((IBufferWriter<byte>)response.BodyWriter))
        {
            writer.WriteStartObject();
            writer.WriteString("deliveryId"u8, kept);
            writer.WriteString("statusUrl"u8, $"{address.Of(context.Request)}/webhooks/status/{kept}");
            if (duplicate)
            {
                writer.WriteBoolean("duplicate"u8, true);
            }

            writer.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(CancellationToken.None);
    }

    private static string CodeOf(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Missing => "signature_missing",
        SignatureVerdict.Stale => "signature_stale",
        _ => "signature_invalid",
    };

    /// <summary>Names in lower case; values that prove who someone is are masked.</summary>
    private static string HeadersJson(IHeaderDictionary headers)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, values) in headers)
            {
                var lower = name.ToLowerInvariant();
                writer.WriteString(lower, SecretMask.IsSecretHeader(lower) ? SecretMask.Replacement : values.ToString());
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
