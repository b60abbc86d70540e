using Hub.Engine.Bodies;
using Hub.Signatures;

namespace Hub.Engine.Intake;

/// <summary>Everything a request is refused for, in the words its sender reads.</summary>
public static class Refusals
{
    /// <summary>For what passes by itself in a moment, in seconds.</summary>
    private const int Soon = 2;

    /// <summary>For what somebody has to mend, in seconds.</summary>
    private const int Later = 60;

    /// <summary>For what is somebody else's to answer, in seconds.</summary>
    private const int OthersTurn = 30;

    public static IntakeRefusal NotFound { get; } = new(RefusalKind.NotFound, "not_found", "There is no such webhook address.") { IsCounted = false };

    public static IntakeRefusal Paused { get; } =
        Unavailable("hub_paused", "This hub is paused. The delivery was not accepted; send it again later.", Later) with
        {
            IsCounted = false,
        };

    /// <summary>The Source is there, and cannot judge requests until somebody mends it. Senders try again, as they would not after a 404.</summary>
    public static IntakeRefusal Closed { get; } =
        Unavailable("source_closed", "This Source cannot take deliveries at the moment. The delivery was not accepted; send it again later.", Later);

    /// <summary>A secret that the request may be signed with cannot be decrypted, so that nobody can say that the signature is wrong.</summary>
    public static IntakeRefusal SecretUnreadable { get; } =
        Unavailable(
            "secret_unreadable",
            "The hub cannot read the secret of this Source at the moment. The delivery was not accepted; send it again later.",
            Later
        );

    /// <summary>The certificate that the request is signed with cannot be fetched now.</summary>
    public static IntakeRefusal CertificateUnavailable { get; } =
        Unavailable(
            "certificate_unavailable",
            "The certificate that signed this request cannot be fetched at the moment. The delivery was not accepted; send it again later.",
            OthersTurn
        );

    public static IntakeRefusal HandshakeUnconfirmed { get; } =
        Unavailable("handshake_unconfirmed", "The address that confirms this request could not be reached. Send the request again.", OthersTurn);

    /// <summary>Too much is being received or read at the moment.</summary>
    public static IntakeRefusal Busy { get; } =
        Unavailable("busy", "The hub reads too many large bodies at the moment. The delivery was not accepted; send it again.", Soon) with
        {
            IsCounted = false,
        };

    public static IntakeRefusal NotKept { get; } =
        Unavailable("not_kept", "The delivery could not be kept and was not accepted. Send it again.", Soon) with
        {
            IsCounted = false,
        };

    public static IntakeRefusal AddressNotAllowed { get; } =
        new(RefusalKind.Forbidden, "address_not_allowed", "This Source does not take requests from your address.");

    public static IntakeRefusal BodyTooSlow { get; } =
        new(RefusalKind.TooSlow, "body_too_slow", "The request body came too slowly and was not waited for. Send it again.");

    public static IntakeRefusal BodyEncodingInvalid { get; } =
        new(RefusalKind.Malformed, "body_encoding_invalid", "The body is not what its Content-Encoding says, or it was cut off.");

    public static IntakeRefusal ContentEncodingUnknown { get; } =
        new(RefusalKind.WrongType, "content_encoding_unknown", $"Send the body as it is, or with one Content-Encoding of {BodyEncoding.Known}.");

    public static IntakeRefusal RateLimited(TimeSpan wait) =>
        new(RefusalKind.TooMany, "rate_limited", "More requests came than this Source takes. Send it again later.")
        {
            RetryAfter = (int)Math.Ceiling(Math.Clamp(wait.TotalSeconds, 1, 3600)),
        };

    public static IntakeRefusal PublicUrlMissing(ReceivingSource source) =>
        Unavailable(
            "public_url_missing",
            $"Signatures of the scheme '{source.Scheme.Name}' cover the address, and the hub was not told its own: set Hub:PublicUrl.",
            Later
        );

    public static IntakeRefusal MethodNotAllowed(ReceivingSource source)
    {
        var allowed = string.Join(", ", source.Rules.Methods);
        return new(RefusalKind.WrongMethod, "method_not_allowed", $"This Source takes {allowed}.") { Allow = allowed };
    }

    public static IntakeRefusal ContentTypeNotAllowed(ReceivingSource source) =>
        new(RefusalKind.WrongType, "content_type_not_allowed", $"This Source takes {string.Join(", ", source.Rules.ContentTypes!)}.");

    /// <param name="limit">In bytes.</param>
    public static IntakeRefusal BodyTooLarge(int limit) => new(RefusalKind.TooLarge, "body_too_large", $"This Source takes bodies of up to {limit} bytes.");

    public static IntakeRefusal BodyInflatesTooMuch(ReceivingSource source) =>
        new(
            RefusalKind.TooLarge,
            "body_inflates_too_much",
            $"A compressed body may unpack to {source.UnpackedLimit} bytes, and beyond {BodyEncoding.FreeBytes} to {BodyEncoding.MaxRatio} times its size."
        );

    public static IntakeRefusal Unproven(SignatureResult result) =>
        new(
            RefusalKind.Unproven,
            result.Verdict switch
            {
                SignatureVerdict.Missing => "signature_missing",
                SignatureVerdict.Stale => "signature_stale",
                _ => "signature_invalid",
            },
            result.Reason
        )
        {
            Signature = result,
        };

    private static IntakeRefusal Unavailable(string code, string detail, int retryAfter) =>
        new(RefusalKind.Unavailable, code, detail) { RetryAfter = retryAfter };
}
