using Hub.Engine.Verification;
using Hub.Signatures.Handshakes;

namespace Hub.Engine.Intake;

/// <summary>Answers providers that ask whether the address listens. A handshake is not a delivery.</summary>
public sealed class Handshakes(HandshakeSecrets handedOver, HandshakeVisits visits, RefusedRequests refused)
{
    /// <summary>For a HEAD that is no delivery: many providers ask so before they save an address.</summary>
    public static HandshakeAnswer Listening { get; } = new("head", 200, null, default, new Dictionary<string, string>());

    /// <summary>Null when the request is none, and to be judged as a delivery.</summary>
    /// <param name="secrets">Those that are accepted now.</param>
    public async ValueTask<IntakeOutcome?> AnswerAsync(IncomingRequest request, IReadOnlyList<string> secrets, AnswerDeadline deadline)
    {
        var (source, signed) = (request.Source, request.Signed);
        if (HandshakeResponder.Answer(source.Scheme, signed, secrets) is not { } answer)
        {
            return null;
        }

        if (answer.SecretForOperator is { } secret && !secrets.Contains(secret, StringComparer.Ordinal))
        {
            // Kept before the answer, as the provider may tell it only once.
            await deadline.WaitAsync(handedOver.KeepAsync(source.Id, answer.Name, secret, signed.ReceivedAt, CancellationToken.None));
        }

        if (answer.Visit is { } address && !await VisitAsync(address, deadline))
        {
            refused.Count(source.Id, Refusals.HandshakeUnconfirmed.Code);
            return Refusals.HandshakeUnconfirmed;
        }

        if (answer.Status >= 400)
        {
            refused.Count(source.Id, "handshake_refused");
        }

        return answer;
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
}
