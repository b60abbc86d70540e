using System.Buffers;
using System.Text;
using System.Text.Json;
using Hub.Connectors.Signatures;
using Hub.Connectors.Signatures.Handshakes;
using Hub.Engine.Intake;
using Hub.Storage.Inbox;

namespace Hub.Api.Webhooks;

/// <summary>Answers a delivery after its commit, as its Source wants it.</summary>
internal sealed class DeliveryAnswers(PublicAddress address)
{
    private static readonly Refusal NotKept = new(503, "not_kept", "The delivery could not be kept and was not accepted. Send it again.", RetryAfter: 2);

    /// <param name="delivery">Its id, when it was kept.</param>
    public Task WriteAsync(HttpContext context, ReceivingSource source, SignedRequest request, Guid delivery, InboxReceipt receipt)
    {
        if (receipt.Verdict == InboxVerdict.Unavailable)
        {
            return NotKept.WriteAsync(context);
        }

        if (source.Respond is { Mode: AnswerMode.Static } given)
        {
            return WholeResponse.WriteAsync(context.Response, given.Status ?? 200, given.ContentType ?? "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(given.Body ?? ""));
        }

        // What the provider insists on, unless the Source says otherwise.
        return source.Respond is null or { Mode: AnswerMode.AtOnce } && HandshakeResponder.Acknowledge(source.Scheme, request) is { } acknowledgement
            ? Handshakes.WriteAsync(context, acknowledgement)
            : WriteAcceptedAsync(context, delivery, receipt);
    }

    private async Task WriteAcceptedAsync(HttpContext context, Guid delivery, InboxReceipt receipt)
    {
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
}
