using System.Buffers;
using System.Text;
using System.Text.Json;
using Hub.Api.Deliveries;
using Hub.Connectors.Signatures;
using Hub.Connectors.Signatures.Handshakes;
using Hub.Engine.Intake;
using Hub.Engine.Responses;
using Hub.Storage.Inbox;

namespace Hub.Api.Webhooks;

/// <summary>Answers a delivery after its commit, as its Source wants it.</summary>
internal sealed class DeliveryAnswers(WaitingRoom waiting, PublicAddress address)
{
    private static readonly Refusal NotKept = new(503, "not_kept", "The delivery could not be kept and was not accepted. Send it again.", RetryAfter: 2);

    /// <param name="delivery">Its id, when it was kept.</param>
    /// <param name="wait">The executions to wait for; null when nobody waits.</param>
    public Task WriteAsync(HttpContext context, ReceivingSource source, SignedRequest request, Guid delivery, InboxReceipt receipt, DeliveryWait? wait)
    {
        if (receipt.Verdict == InboxVerdict.Unavailable)
        {
            return NotKept.WriteAsync(context);
        }

        if (source.Respond is { Mode: AnswerMode.Static } given)
        {
            return WholeResponse.WriteAsync(context.Response, given.Status ?? 200, given.ContentType ?? "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(given.Body ?? ""));
        }

        if (wait is not null && receipt.Verdict == InboxVerdict.Kept)
        {
            return WriteOutcomeAsync(context, source.Respond!, delivery, receipt, wait);
        }

        // What the provider insists on, unless the Source says otherwise.
        return source.Respond is null or { Mode: AnswerMode.AtOnce } && HandshakeResponder.Acknowledge(source.Scheme, request) is { } acknowledgement
            ? Handshakes.WriteAsync(context, acknowledgement)
            : WriteAcceptedAsync(context, delivery, receipt);
    }

    private async Task WriteOutcomeAsync(HttpContext context, AnswerSettings respond, Guid delivery, InboxReceipt receipt, DeliveryWait wait)
    {
        var result = await waiting.WaitAsync(wait, respond, context.RequestAborted);
        if (!result.Over)
        {
            await WriteAcceptedAsync(context, delivery, receipt);
        }
        else if (result.Response is { } response)
        {
            await WriteResponseAsync(context.Response, response);
        }
        else
        {
            var executions = new List<FinishedExecution>(wait.Executions.Count);
            foreach (var execution in wait.Executions)
            {
                executions.Add(new FinishedExecution(execution.Execution, (await execution.Answer).Status));
            }

            await TypedResults.Ok(new FinishedDelivery(delivery, DeliveryOutcome.ForSender(executions.ConvertAll(execution => execution.Status), wait.IsDecided), executions)).ExecuteAsync(context);
        }
    }

    /// <summary>It goes out under the hub's own address: a browser that shows it must not run it as a page of the hub.</summary>
    private static Task WriteResponseAsync(HttpResponse response, WorkflowResponse given)
    {
        response.Headers.ContentSecurityPolicy = "sandbox";
        foreach (var (name, value) in given.Headers)
        {
            response.Headers[name] = value;
        }

        return WholeResponse.WriteAsync(response, given.Status, response.ContentType, given.Body);
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
