using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Hub.Signatures.Certificates;

/// <summary>A provider's certificate as far as signatures need it.</summary>
/// <param name="Address">Where it was fetched.</param>
/// <param name="PublicKey">An RSA key as SubjectPublicKeyInfo.</param>
/// <param name="Names">The DNS names that it is for, in lower case; the subject's common name where it has none.</param>
/// <param name="NotBefore">From when on it and all that its chain consists of are valid.</param>
/// <param name="NotAfter">Until when they are.</param>
/// <param name="Untrusted">Why it proves nothing, as a sentence without its end; null when its chain leads to a trusted root.</param>
public sealed record SigningCertificate(
    Uri Address,
    ReadOnlyMemory<byte> PublicKey,
    IReadOnlyList<string> Names,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string? Untrusted = null
)
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const int LeastKeyBits = 2048;

    /// <summary>Where the certificate of its issuer can be had, without which nobody can say whether it is to be trusted.</summary>
    public Uri? MissingIssuer { get; private init; }

    /// <summary>
    /// Reads the first certificate of a PEM file; further ones may be parts of its chain. Null for anything else: a page that holds one somewhere is not the
    /// provider's file.
    /// </summary>
    /// <param name="issuers">Certificates of issuers that were found elsewhere.</param>
    public static SigningCertificate? Read(Uri address, ReadOnlySpan<byte> pem, CertificateTrust trust, X509Certificate2Collection? issuers = null)
    {
        if (!pem.TrimStart(" \t\r\n"u8).StartsWith(Encoding.ASCII.GetBytes(Begin)))
        {
            return null;
        }

        var file = new X509Certificate2Collection();
        try
        {
            file.ImportFromPem(Encoding.ASCII.GetString(pem));
            return file.Count == 0 ? null : Read(address, file[0], [.. file.Skip(1), .. issuers ?? []], trust);
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            foreach (var certificate in file)
            {
                certificate.Dispose();
            }
        }
    }

    private static SigningCertificate? Read(Uri address, X509Certificate2 certificate, X509Certificate2Collection others, CertificateTrust trust)
    {
        using var key = certificate.GetRSAPublicKey();
        if (key is not { KeySize: >= LeastKeyBits })
        {
            return null;
        }

        var chain = trust.Check(certificate, others);
        return new(address, key.ExportSubjectPublicKeyInfo(), NamesOf(certificate), chain.NotBefore, chain.NotAfter, chain.Error)
        {
            MissingIssuer = chain.Issuer,
        };
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
