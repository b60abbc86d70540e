using System.Text.Json.Serialization;

namespace Hub.Signatures;

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

    /// <summary>The hash itself, over content that begins with the secret; safe only for bodies that cannot be gone on with, such as JSON.</summary>
    [JsonStringEnumMemberName("sha256")]
    Sha256,

    /// <summary>RSA (PKCS #1) over SHA-256 with the key of a certificate that the request names.</summary>
    [JsonStringEnumMemberName("rsa-sha256")]
    RsaSha256,

    /// <summary>The secret is the public key's 32 bytes.</summary>
    [JsonStringEnumMemberName("ed25519")]
    Ed25519,
}
