using Hub.Engine.Intake;
using Hub.Engine.Verification;
using Hub.Signatures;
using Hub.Signatures.Handshakes;

namespace Hub.Api.Webhooks;

/// <summary>Answers providers that ask whether the address listens. A handshake is not a delivery.</summary>
internal sealed class Handshakes(HandshakeSecrets handedOver, HandshakeVisits visits, RefusedRequests refused)
{
    private static readonly Refusal Unconfirmed = new(
        503,
        "handshake_unconfirmed",
        "The address that confirms this request could not be reached. Send the request again.",
        RetryAfter: 30
    );

    /// <summary>False when the request is none, and to be judged as a delivery.</summary>
    /// <param name="secrets">Those that are accepted now.</param>
    public async Task<bool> TryAnswerAsync(
        ReceivingSource source,
        SignedRequest request,
        IReadOnlyList<string> secrets,
        AnswerDeadline deadline,
        HttpContext context
    )
    {
        if (HandshakeResponder.Answer(source.Scheme, request, secrets) is not { } answer)
        {
            return false;
        }

        if (answer.SecretForOperator is { } secret && !secrets.Contains(secret, StringComparer.Ordinal))
        {
            // Kept before the answer, as the provider may tell it only once.
            await deadline.WaitAsync(handedOver.KeepAsync(source.Id, answer.Name, secret, request.ReceivedAt, CancellationToken.None));
        }

        if (answer.Visit is { } address && !await VisitAsync(address, deadline))
        {
            refused.Count(source.Id, Unconfirmed.Code);
            await Unconfirmed.WriteAsync(context);
            return true;
        }

        if (answer.Status >= 400)
        {
            refused.Count(source.Id, "handshake_refused");
        }

        await WriteAsync(context, answer);
        return true;
    }

    private async Task<bool> VisitAsync(Uri address, AnswerDeadline deadline)
    {
        try
        {
            return await deadline.WaitAsync(visits.TryVisitAsync(address, CancellationToken.None));
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public static Task WriteAsync(HttpContext context, HandshakeAnswer answer)
    {
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        return WholeResponse.WriteAsync(context.Response, answer.Status, answer.ContentType, answer.Body);
    }
}
