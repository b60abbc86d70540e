using System.Security.Cryptography;

namespace Hub.Signatures;

/// <summary>Computes what the signature of a request must be, for schemes whose secret both sides know.</summary>
internal sealed class SignatureDigest(SignatureProfile profile, SignedContent content)
{
    /// <summary>Room for the longest digest.</summary>
    public const int MaxBytes = 64;

    private readonly HashAlgorithmName _hash = profile.Algorithm switch
    {
        SignatureAlgorithm.HmacSha1 => HashAlgorithmName.SHA1,
        SignatureAlgorithm.HmacSha512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    /// <summary>Writes the digest and returns its length.</summary>
    public int Compute(ReadOnlySpan<byte> key, SignedRequest request, SignedValues values, Span<byte> into)
    {
        if (profile.Algorithm == SignatureAlgorithm.Token)
        {
            // Tokens are compared by their hashes: equal lengths, whatever was sent.
            return SHA256.HashData(key, into);
        }

        if (content.IsBody)
        {
            return HashBody(key, request.Body.Span, into);
        }

        using var hash = profile.Algorithm == SignatureAlgorithm.Sha256 ? IncrementalHash.CreateHash(_hash) : IncrementalHash.CreateHMAC(_hash, key);
        content.AppendTo(hash, request, values, key);
        return hash.GetHashAndReset(into);
    }

    private int HashBody(ReadOnlySpan<byte> key, ReadOnlySpan<byte> body, Span<byte> into) =>
        profile.Algorithm switch
        {
#pragma warning disable CA5350 // Providers choose the algorithm; HMAC-SHA1 is still sound as a MAC.
            SignatureAlgorithm.HmacSha1 => HMACSHA1.HashData(key, body, into),
#pragma warning restore CA5350
            SignatureAlgorithm.HmacSha512 => HMACSHA512.HashData(key, body, into),
            _ => HMACSHA256.HashData(key, body, into),
        };
}
