using Hub.Api.Bodies;
using Hub.Engine.Bodies;
using Hub.Engine.Intake;

namespace Hub.Api.Webhooks;

/// <summary>What a Source asks of a request before anybody looks at its signature.</summary>
internal sealed class Admission(SenderAddress sender, PublicAddress address)
{
    /// <summary>Too much is being received or read at the moment.</summary>
    public static Refusal Busy { get; } =
        new(
            503,
            "busy",
            "The hub reads too many large bodies at the moment. The delivery was not accepted; send it again.",
            RetryAfter: Errors.RetryAfter.Soon
        );

    private static readonly Refusal TooSlow = new(408, "body_too_slow", "The request body came too slowly and was not waited for. Send it again.");

    /// <summary>The Source is there, and cannot judge requests until somebody mends it. Senders try again, as they would not after a 404.</summary>
    public static Refusal Closed { get; } =
        new(503, "source_closed", "This Source cannot take deliveries at the moment. The delivery was not accepted; send it again later.", RetryAfter: 60);

    /// <summary>A secret that the request may be signed with cannot be decrypted, so that nobody can say that the signature is wrong.</summary>
    public static Refusal SecretUnreadable { get; } =
        new(
            503,
            "secret_unreadable",
            "The hub cannot read the secret of this Source at the moment. The delivery was not accepted; send it again later.",
            RetryAfter: 60
        );

    /// <summary>The certificate that the request is signed with cannot be fetched now.</summary>
    public static Refusal CertificateUnavailable { get; } =
        new(
            503,
            "certificate_unavailable",
            "The certificate that signed this request cannot be fetched at the moment. The delivery was not accepted; send it again later.",
            RetryAfter: 30
        );

    /// <summary>Holds for handshakes too: who may call, and how often. Null when nothing speaks against the request.</summary>
    public Refusal? OfSender(ReceivingSource source, HttpContext context, DateTimeOffset receivedAt)
    {
        var rules = source.Rules;
        if (rules.Addresses is { } addresses && !(sender.Of(context) is { } from && addresses.Contains(from)))
        {
            return new Refusal(403, "address_not_allowed", "This Source does not take requests from your address.");
        }

        if (rules.Rate is { } rate && !rate.TryTake(out var wait))
        {
            return new Refusal(
                429,
                "rate_limited",
                "More requests came than this Source takes. Send it again later.",
                RetryAfter: (int)Math.Ceiling(Math.Clamp(wait.TotalSeconds, 1, 3600))
            );
        }

        if (source.Scheme.NeedsSecret && source.Secrets.HasUnreadableAt(receivedAt) && source.Secrets.At(receivedAt).Count == 0)
        {
            return SecretUnreadable;
        }

        return source.Scheme.SignsUrl && !address.IsConfigured
            ? new Refusal(
                503,
                "public_url_missing",
                $"Signatures of the scheme '{source.Scheme.Name}' cover the address, and the hub was not told its own: set Hub:PublicUrl.",
                RetryAfter: 60
            )
            : null;
    }

    /// <summary>What only deliveries must fulfil. Null when nothing speaks against the request.</summary>
    public static Refusal? OfDelivery(ReceivingSource source, HttpRequest request)
    {
        var rules = source.Rules;
        if (!rules.TakesMethod(request.Method))
        {
            var allowed = string.Join(", ", rules.Methods);
            return new Refusal(405, "method_not_allowed", $"This Source takes {allowed}.", Allow: allowed);
        }

        if (!rules.TakesContentType(request.ContentType))
        {
            return new Refusal(415, "content_type_not_allowed", $"This Source takes {string.Join(", ", rules.ContentTypes!)}.");
        }

        return BodyEncoding.IsKnown(request.Headers.ContentEncoding)
            ? null
            : new Refusal(415, "content_encoding_unknown", $"Send the body as it is, or with one Content-Encoding of {BodyEncoding.Known}.");
    }

    /// <summary>Why a body was not read.</summary>
    public static Refusal OfUnread(ReceivedBody body) =>
        body.Error switch
        {
            BodyError.TooLarge => new Refusal(413, "body_too_large", $"This Source takes bodies of up to {body.Limit} bytes."),
            BodyError.TooSlow => TooSlow,
            _ => Busy,
        };

    /// <summary>Whether what was sent compressed can be unpacked. Asked last, since it costs the most.</summary>
    public static Refusal? OfBody(BodyVerdict verdict, ReceivingSource source) =>
        verdict switch
        {
            BodyVerdict.Readable => null,
            BodyVerdict.InflatesTooMuch => new Refusal(
                413,
                "body_inflates_too_much",
                $"A compressed body may unpack to {source.UnpackedLimit} bytes, and beyond {BodyEncoding.FreeBytes} to {BodyEncoding.MaxRatio} times its size."
            ),
            _ => new Refusal(400, "body_encoding_invalid", "The body is not what its Content-Encoding says, or it was cut off."),
        };
}
