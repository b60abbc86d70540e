using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Hub.Connectors.Signatures.Certificates;

/// <summary>A provider's certificate as far as signatures need it.</summary>
/// <param name="Address">Where it was fetched.</param>
/// <param name="PublicKey">An RSA key as SubjectPublicKeyInfo.</param>
/// <param name="Names">The DNS names that it is for, in lower case; the subject's common name where it has none.</param>
public sealed record SigningCertificate(
    Uri Address,
    ReadOnlyMemory<byte> PublicKey,
    IReadOnlyList<string> Names,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter
)
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const int LeastKeyBits = 2048;

    /// <summary>Reads the first certificate of a PEM file. Null for anything else: a page that holds one somewhere is not the provider's file.</summary>
    public static SigningCertificate? Read(Uri address, ReadOnlySpan<byte> pem)
    {
        if (!pem.TrimStart(" \t\r\n"u8).StartsWith(Encoding.ASCII.GetBytes(Begin)))
        {
            return null;
        }

        try
        {
            using var certificate = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(pem));
            using var key = certificate.GetRSAPublicKey();
            return key is { KeySize: >= LeastKeyBits }
                ? new(
                    address,
                    key.ExportSubjectPublicKeyInfo(),
                    NamesOf(certificate),
                    new DateTimeOffset(certificate.NotBefore),
                    new DateTimeOffset(certificate.NotAfter)
                )
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string[] NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static extension => extension.EnumerateDnsNames()).ToList();
        if (names.Count == 0)
        {
            names.Add(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
        }

        return [.. names.Select(static name => name.ToLowerInvariant())];
    }
}
