using System.Buffers;
using System.Text.Json;
using Hub.Engine.Intake;
using Hub.Engine.Responses;
using Hub.Fields;
using Hub.Fields.Charsets;
using Hub.Operations.Deliveries;
using Hub.Signatures.Handshakes;
using Hub.Storage.Inbox;

namespace Hub.Api.Webhooks;

/// <summary>Answers requests to Sources; a delivery after its commit, as its Source wants it.</summary>
internal sealed class DeliveryAnswers(WaitingRoom waiting, IntakeMemory memory, PublicAddress address)
{
    /// <summary>The one place that says to a sender what became of its request.</summary>
    public Task WriteAsync(HttpContext context, IntakeOutcome outcome) =>
        outcome.Refusal is { } refusal ? RefusalAnswers.WriteAsync(context, refusal)
        : outcome.Handshake is { } handshake ? WriteAsync(context, handshake)
        : WriteAsync(context, outcome.Delivery);

    private Task WriteAsync(HttpContext context, TakenDelivery taken)
    {
        if (taken.Source.Respond is { Mode: AnswerMode.Static } given)
        {
            var type = given.ContentType ?? "text/plain; charset=utf-8";
            return WholeResponse.WriteAsync(context.Response, given.Status ?? 200, type, EncodedText.Write(given.Body ?? "", type));
        }

        if (taken.Wait is { } wait && taken.Receipt.Verdict == InboxVerdict.Kept)
        {
            return WriteOutcomeAsync(context, taken, wait);
        }

        return taken.Acknowledgement is { } acknowledgement ? WriteAsync(context, acknowledgement) : WriteAcceptedAsync(context, taken);
    }

    private static Task WriteAsync(HttpContext context, HandshakeAnswer answer)
    {
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        return WholeResponse.WriteAsync(context.Response, answer.Status, answer.ContentType, answer.Body);
    }

    private async Task WriteOutcomeAsync(HttpContext context, TakenDelivery taken, DeliveryWait wait)
    {
        var result = await waiting.WaitAsync(wait, taken.Source.Respond!, context.RequestAborted);
        if (!result.Over)
        {
            await WriteAcceptedAsync(context, taken);
        }
        else if (result.Response is { } response)
        {
            await WriteResponseAsync(context, taken, response);
        }
        else
        {
            var executions = new List<FinishedExecution>(wait.Executions.Count);
            foreach (var execution in wait.Executions)
            {
                executions.Add(new FinishedExecution(execution.Execution, (await execution.Answer).Status));
            }

            var status = DeliveryOutcome.ForSender(executions.ConvertAll(execution => execution.Status), wait.IsDecided);
            await TypedResults.Ok(new FinishedDelivery(taken.Id, status, executions)).ExecuteAsync(context);
        }
    }

    /// <summary>
    /// Who reads it slowly holds it; where there is no room for that the sender is told that the delivery was taken.
    /// </summary>
    private async Task WriteResponseAsync(HttpContext context, TakenDelivery taken, WorkflowResponse given)
    {
        var room = memory.Of(taken.Source.Id);
        if (!room.TryTake(given.Body.Length, held: 0))
        {
            await WriteAcceptedAsync(context, taken);
            return;
        }

        try
        {
            var response = context.Response;
            foreach (var (name, value) in given.Headers)
            {
                response.Headers[name] = value;
            }

            await WholeResponse.WriteAsync(response, given.Status, response.ContentType, given.Body);
        }
        finally
        {
            room.GiveBack(given.Body.Length);
        }
    }

    private async Task WriteAcceptedAsync(HttpContext context, TakenDelivery taken)
    {
        var duplicate = taken.Receipt.Verdict == InboxVerdict.Duplicate;
        var kept = duplicate ? taken.Receipt.FirstDelivery : taken.Id;
        var response = context.Response;
        response.StatusCode = duplicate ? 200 : 202;
        response.ContentType = "application/json; charset=utf-8";
        using (var writer = new Utf8JsonWriter((IBufferWriter<byte>)response.BodyWriter, PlainJson.Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("deliveryId"u8, kept);
            writer.WriteString("statusUrl"u8, $"{address.OfWebhooks(context.Request)}/webhooks/status/{kept}");
            if (duplicate)
            {
                writer.WriteBoolean("duplicate"u8, true);
            }

            writer.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(CancellationToken.None);
    }
}
