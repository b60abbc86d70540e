using System.Security.Cryptography;
using System.Text;

namespace Hub.Signatures.Certificates;

/// <summary>Checks signatures made with the key of a certificate that the request names, and that was fetched before.</summary>
internal sealed class CertificateSignature(SignatureProfile profile, CertificatePlace place, SignedContent content)
{
    private readonly RequestField? _secretField = RequestField.TryParse(profile.Secret.Field, out var field) ? field : null;
    private readonly RequestField? _sha1Field = RequestField.TryParse(place.Sha1When?.Field, out var field) ? field : null;

    public static bool IsFor(SignatureAlgorithm algorithm) => algorithm == SignatureAlgorithm.RsaSha256;

    /// <summary>Why nothing can be proven by the request's certificate; null when it can.</summary>
    public string? ErrorOf(SignedRequest request) =>
        place.AddressIn(request) is not { } address ? $"The address of the signing certificate, in {place.Url}, is not one of {profile.Title}'s."
        : request.Certificate is not { } certificate || certificate.Address != address ? $"The signing certificate was not found at {address.Host}, or is none."
        : certificate.Untrusted is { } untrusted ? $"{untrusted}."
        : request.ReceivedAt < certificate.NotBefore || request.ReceivedAt > certificate.NotAfter
            ? "The signing certificate, or one of its chain, was not valid when the request came."
        : !certificate.Names.Any(name => place.Names.Any(pattern => PinnedAddress.Matches(name, pattern)))
            ? $"The signing certificate is not {profile.Title}'s."
        : null;

    /// <param name="secret">What the sender must know or name, as its profile says.</param>
    public bool Matches(ReadOnlySpan<byte> secret, SignedRequest request, SignedValues values)
    {
        if (_secretField is { } field && !(field.Read(request) is { } named && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(named), secret)))
        {
            return false;
        }

        var algorithm = _sha1Field is { } sha1 && sha1.Read(request) == place.Sha1When!.EqualTo ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        using var hash = IncrementalHash.CreateHash(algorithm);
        content.AppendTo(hash, request, values, secret);
        Span<byte> digest = stackalloc byte[SignatureDigest.MaxBytes];
        digest = digest[..hash.GetHashAndReset(digest)];
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(request.Certificate!.PublicKey.Span, out _);
        foreach (var signature in SignatureHeader.Decode(values.Signature, profile.Signature))
        {
            if (key.VerifyHash(digest, signature, algorithm, RSASignaturePadding.Pkcs1))
            {
                return true;
            }
        }

        return false;
    }
}
