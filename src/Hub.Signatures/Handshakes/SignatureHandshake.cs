using System.Text.Json.Serialization;

namespace Hub.Signatures.Handshakes;

/// <summary>A request that is no delivery: the provider asks whether, and as whom, the receiver listens.</summary>
/// <param name="Name">What the provider calls it.</param>
/// <param name="When">All of these hold for the request.</param>
/// <param name="Reply">The answer.</param>
/// <param name="Method">The request's method; null for any.</param>
/// <param name="Proof">What the request proves before it is answered.</param>
/// <param name="SecretField">For <see cref="HandshakeProof.Secret"/>: the field that repeats one of the source's secrets.</param>
/// <param name="Refusal">The answer when the proof fails; null leaves the request to be refused like any delivery.</param>
/// <param name="Keep">A field with a secret that the provider hands over here, for the operator to see and store.</param>
/// <param name="Visit">An address of a signed request that is called first; the answer is given when it was reached.</param>
public sealed record SignatureHandshake(
    string Name,
    IReadOnlyList<HandshakeCondition> When,
    HandshakeReply Reply,
    string? Method = null,
    HandshakeProof Proof = HandshakeProof.None,
    string? SecretField = null,
    HandshakeReply? Refusal = null,
    string? Keep = null,
    HandshakeVisit? Visit = null
);

/// <summary>A field of the request, see <see cref="RequestField"/>, that is there or has a certain value.</summary>
/// <param name="Field">The place.</param>
/// <param name="EqualTo">The value; null for any. An empty JSON array reads as <c>[]</c>.</param>
public sealed record HandshakeCondition(string Field, [property: JsonPropertyName("equals")] string? EqualTo = null);

[JsonConverter(typeof(JsonStringEnumConverter<HandshakeProof>))]
public enum HandshakeProof
{
    /// <summary>Anyone may ask; the answer gives nothing away.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The request is signed like a delivery.</summary>
    [JsonStringEnumMemberName("signature")]
    Signature,

    /// <summary>A field repeats a secret that serves handshakes only, see <see cref="SecretForm.HandshakePrefix"/>.</summary>
    [JsonStringEnumMemberName("secret")]
    Secret,
}
