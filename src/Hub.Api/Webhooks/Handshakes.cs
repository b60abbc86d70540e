using Hub.Connectors.Signatures;
using Hub.Connectors.Signatures.Handshakes;
using Hub.Engine.Intake;

namespace Hub.Api.Webhooks;

/// <summary>Answers providers that ask whether the address listens. A handshake is not a delivery.</summary>
internal sealed class Handshakes(HandshakeSecrets handedOver, RefusedRequests refused)
{
    /// <summary>False when the request is none, and to be judged as a delivery.</summary>
    /// <param name="secrets">Those that are accepted now.</param>
    public async Task<bool> TryAnswerAsync(ReceivingSource source, SignedRequest request, IReadOnlyList<string> secrets, AnswerDeadline deadline, HttpContext context)
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

        if (answer.Status >= 400)
        {
            refused.Count(source.Id, "handshake_refused");
        }

        await WriteAsync(context, answer);
        return true;
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
