using System.Text.Json.Serialization;

namespace Hub.Connectors.Signatures;

/// <summary>How the proof is computed from the secret.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignatureAlgorithm>))]
public enum SignatureAlgorithm
{
    [JsonStringEnumMemberName("hmac-sha1")]
    HmacSha1,

    [JsonStringEnumMemberName("hmac-sha256")]
    HmacSha256,

    [JsonStringEnumMemberName("hmac-sha512")]
    HmacSha512,

    /// <summary>The request holds the secret itself; nothing of it is signed.</summary>
    [JsonStringEnumMemberName("token")]
    Token,

    /// <summary>ECDSA over P-256 and SHA-256, the signature in DER; the secret is the public key as SubjectPublicKeyInfo.</summary>
    [JsonStringEnumMemberName("ecdsa-p256-sha256")]
    EcdsaP256Sha256,

    /// <summary>The secret is the public key's 32 bytes.</summary>
    [JsonStringEnumMemberName("ed25519")]
    Ed25519,
}
