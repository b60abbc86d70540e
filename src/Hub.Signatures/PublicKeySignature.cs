using System.Security.Cryptography;

namespace Hub.Signatures;

/// <summary>Checks signatures made with a private key that only the provider has; the source's secret is the public key.</summary>
internal sealed class PublicKeySignature(SignatureProfile profile, SignedContent content)
{
    public static bool IsFor(SignatureAlgorithm algorithm) => algorithm is SignatureAlgorithm.EcdsaP256Sha256 or SignatureAlgorithm.Ed25519;

    /// <summary>Why these bytes are no public key of the algorithm, or null.</summary>
    public static string? KeyError(SignatureAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        if (algorithm == SignatureAlgorithm.Ed25519)
        {
            return Ed25519.IsPublicKey(key) ? null : "The public key is not the 32 bytes of an Ed25519 key.";
        }

        using var ecdsa = Import(key);
        return ecdsa is null ? "The public key is not a P-256 key in the form SubjectPublicKeyInfo." : null;
    }

    /// <summary>Whether one of the signatures is right for the key.</summary>
    public bool Matches(ReadOnlySpan<byte> key, SignedRequest request, SignedValues values)
    {
        using var ecdsa = profile.Algorithm == SignatureAlgorithm.EcdsaP256Sha256 ? Import(key) : null;
        foreach (var signature in SignatureHeader.Decode(values.Signature, profile.Signature))
        {
            if (ecdsa is null ? IsEd25519(key, signature, request, values) : IsEcdsa(ecdsa, signature, request, values))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsEcdsa(ECDsa ecdsa, byte[] signature, SignedRequest request, SignedValues values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        content.AppendTo(hash, request, values);
        return ecdsa.VerifyHash(hash.GetHashAndReset(), signature, DSASignatureFormat.Rfc3279DerSequence);
    }

    private bool IsEd25519(ReadOnlySpan<byte> key, byte[] signature, SignedRequest request, SignedValues values) =>
        Ed25519.Verify(key, signature, content.Message(request, values).Span);

    private static ECDsa? Import(ReadOnlySpan<byte> key)
    {
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportSubjectPublicKeyInfo(key, out var read);
            if (read == key.Length && ecdsa.KeySize == 256)
            {
                return ecdsa;
            }
        }
        catch (CryptographicException)
        {
            // Told by the null.
        }

        ecdsa.Dispose();
        return null;
    }
}
