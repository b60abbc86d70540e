using Hub.Engine.Bodies;
using Hub.Signatures;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>A Source ready to judge requests.</summary>
/// <param name="Rules">What it asks of a request before its signature.</param>
/// <param name="Respond">How it answers; null for the usual 202.</param>
public sealed record ReceivingSource(
    Guid Id,
    string Name,
    ISignatureScheme Scheme,
    LiveSecrets Secrets,
    DedupeKey? Dedupe,
    int BodyLimit,
    AdmissionRules Rules,
    AnswerSettings? Respond
)
{
    private const long LeastLimit = 1 << 20;
    private const int UnpackedTimes = 10;

    /// <summary>The most that a compressed body may unpack to, in bytes: who takes small bodies is not sent large ones either.</summary>
    public int UnpackedLimit => (int)Math.Min(BodyEncoding.MaxDecodedBytes, Math.Max(BodyLimit, LeastLimit) * UnpackedTimes);

    /// <summary>Whether something is looked for in its bodies before they are kept.</summary>
    public bool ReadsBody => Dedupe is not null || EventType is { Kind: RequestFieldKind.Body };

    /// <summary>How long the key of a delivery is remembered.</summary>
    public TimeSpan DedupeWindow { get; init; } = InboxEntry.DefaultDedupeWindow;

    /// <summary>Whether workflows are given its bodies as text, whatever they are.</summary>
    public bool ReadsAsText { get; init; }

    /// <summary>Where its deliveries are kept.</summary>
    public int RetentionPartition { get; init; }

    /// <summary>Where the provider says what kind of event it is; null when its scheme does not tell.</summary>
    public RequestField? EventType { get; } =
        Scheme is ProfileSignatureScheme { Profile.EventType: { } field } && RequestField.TryParse(field, out var place) && !DedupeKey.IsMasked(place)
            ? place
            : null;
}
