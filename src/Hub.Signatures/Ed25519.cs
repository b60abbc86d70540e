using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Hub.Signatures;

/// <summary>Verification of Ed25519 signatures (RFC 8032), which the framework lacks, by BouncyCastle.</summary>
internal static class Ed25519
{
    /// <summary>Whether these are the 32 bytes of a point that may be a key: written canonically, on the curve and of its prime order.</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> key) => key.Length == Curve.PublicKeySize && Curve.ValidatePublicKeyFull(key.ToArray(), 0);

    /// <summary>Whether a signature of a message is right; false, too, for a key or a signature of another length.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message) =>
        key.Length == Curve.PublicKeySize
        && signature.Length == Curve.SignatureSize
        && Curve.Verify(signature.ToArray(), 0, key.ToArray(), 0, message.ToArray(), 0, message.Length);
}
