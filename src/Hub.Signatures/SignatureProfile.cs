using Hub.Signatures.Certificates;
using Hub.Signatures.Handshakes;

namespace Hub.Signatures;

/// <summary>A provider's way of signing, as data: one JSON file. docs/signatures.md describes the fields.</summary>
public sealed record SignatureProfile
{
    /// <summary>Lower-case, the scheme's name in workflows and sources.</summary>
    public required string Name { get; init; }

    /// <summary>The name people read.</summary>
    public required string Title { get; init; }

    /// <summary>The provider's own page about it.</summary>
    public required Uri Documentation { get; init; }

    public required SignatureAlgorithm Algorithm { get; init; }

    /// <summary>How the secret's text becomes the key.</summary>
    public SecretForm Secret { get; init; } = new();

    /// <summary>The certificate that deliveries are signed with, for <see cref="SignatureAlgorithm.RsaSha256"/>.</summary>
    public CertificatePlace? Certificate { get; init; }

    /// <summary>Where the signature is and how it is written.</summary>
    public required SignaturePlace Signature { get; init; }

    /// <summary>Where the time is; null when the provider sends none.</summary>
    public TimestampPlace? Timestamp { get; init; }

    /// <summary>The header with the delivery's id, for schemes that sign it.</summary>
    public string? IdHeader { get; init; }

    /// <summary>What is signed, in order. Empty only for <see cref="SignatureAlgorithm.Token"/>.</summary>
    public IReadOnlyList<SignedPart> Signed { get; init; } = [];

    /// <summary>Stands between the signed parts.</summary>
    public string Separator { get; init; } = "";

    /// <summary>What the bodies of deliveries are. Others are refused, so that nothing else that was signed with the secret can pass for one.</summary>
    public BodyShape Bodies { get; init; }

    /// <summary>JSON Pointer to an array of the body whose items are each signed on their own; every one must be right.</summary>
    public string? Items { get; init; }

    /// <summary>The most items that the provider sends at once. With one, nobody can send an old item again along with a new one.</summary>
    public int MaxItems { get; init; } = SignedItems.MaxItems;

    /// <summary>
    /// What signed fields of the body are called where the provider posts a form: JSON Pointer to the form's field. A pointer to a member at the top needs no
    /// entry.
    /// </summary>
    public IReadOnlyDictionary<string, string> FormFields { get; init; } = new Dictionary<string, string>();

    /// <summary>A query parameter with the body's SHA-256 in hex. Where the URL has it, it stands for the form fields.</summary>
    public string? BodyHashQuery { get; init; }

    /// <summary>Whether the provider may sign the URL with or without its port, whatever was configured.</summary>
    public bool UrlPortOptional { get; init; }

    /// <summary>The rule that finds this provider's repeated deliveries, see <see cref="DedupeRule"/>; null when nothing tells.</summary>
    public string? Dedupe { get; init; }

    /// <summary>
    /// Where the delivery's id is that the signature does not cover, see <see cref="RequestField"/>: it is shown and searched for, and tells no repetition.
    /// </summary>
    public string? DeliveryId { get; init; }

    /// <summary>Whether Sources find repetitions by that rule unless they have one of their own, since the signature does not cover the event itself.</summary>
    public bool DedupeAlways { get; init; }

    /// <summary>Where the kind of event is, see <see cref="RequestField"/>; null when nothing tells.</summary>
    public string? EventType { get; init; }

    /// <summary>What the provider sends when the address is entered, in a few words for people; null when nothing, or nothing special.</summary>
    public string? First { get; init; }

    /// <summary>What the provider asks of a receiver besides taking deliveries.</summary>
    public IReadOnlyList<SignatureHandshake> Handshakes { get; init; } = [];

    /// <summary>The answer that the provider expects to every delivery that was taken; null when any 2xx will do.</summary>
    public HandshakeReply? Acknowledgement { get; init; }

    /// <summary>Which deliveries are answered so; null for all.</summary>
    public HandshakeCondition? AcknowledgedWhen { get; init; }

    /// <summary>What there is to know before relying on it; one sentence.</summary>
    public string? Note { get; init; }

    /// <summary>Requests with their expected verdict; every one is run by a test.</summary>
    public IReadOnlyList<SignatureVector> Vectors { get; init; } = [];
}
