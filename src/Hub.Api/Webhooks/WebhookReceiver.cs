using System.Runtime.CompilerServices;
using Hub.Api.Bodies;
using Hub.Engine.Intake;
using Hub.Signatures;

namespace Hub.Api.Webhooks;

/// <summary>The door: finds the Source, reads the raw body, hands both to the intake, and has the outcome answered.</summary>
internal sealed class WebhookReceiver(
    SourceDirectory sources,
    SenderAddress sender,
    BodyReader bodies,
    DeliveryIntake intake,
    DeliveryAnswers answers,
    PublicAddress address,
    TimeProvider time
)
{
    public async Task ReceiveAsync(string token, HttpContext context)
    {
        var receivedAt = time.GetUtcNow();
        var deadline = intake.BeginDeadline();
        var source = await sources.FindAsync(token, context.RequestAborted);
        var outcome = source is null ? await intake.RefuseAsync(token, context.RequestAborted) : await TakeAsync(source, context, receivedAt, deadline);
        using var wait = outcome.Delivery.Wait;
        await answers.WriteAsync(context, outcome);
    }

    /// <summary>Reads the body and lets go of it before anybody waits for an answer.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<IntakeOutcome> TakeAsync(ReceivingSource source, HttpContext context, DateTimeOffset receivedAt, AnswerDeadline deadline)
    {
        var request = context.Request;
        var asked = time.GetTimestamp();
        var from = source.Rules.Addresses is null ? null : sender.Of(context);
        if (intake.Admit(new ArrivingRequest(source, request.Method, request.Headers, from, address.IsConfigured, receivedAt)) is { } refused)
        {
            return refused;
        }

        using var body = await bodies.ReadAsync(context, source.Id, source.BodyLimit);
        if (body.Bytes is not { } bytes)
        {
            return intake.Refuse(source, request.Method, RefusalOf(body));
        }

        // How long the body takes to come is up to the sender.
        deadline = deadline.After(time.GetElapsedTime(asked));
        var signed = new SignedRequest(request.Method, address.CalledUrl(request), request.Headers, bytes, receivedAt);
        return await intake.ReceiveAsync(new IncomingRequest(source, signed, bytes, request.QueryString.Value ?? ""), deadline);
    }

    private static IntakeRefusal RefusalOf(ReceivedBody unread) =>
        unread.Error switch
        {
            BodyError.TooLarge => Refusals.BodyTooLarge(unread.Limit),
            BodyError.TooSlow => Refusals.BodyTooSlow,
            _ => Refusals.Busy,
        };
}
