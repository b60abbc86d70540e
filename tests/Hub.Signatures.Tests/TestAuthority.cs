using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hub.Signatures.Certificates;

namespace Hub.Signatures.Tests;

/// <summary>A root of its own, or an issuer below one, that signs certificates.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flowpilot-roots-");
    private readonly TestAuthority? _root;

    public TestAuthority(TestAuthority? root = null, DateTimeOffset? until = null)
    {
        _root = root;
        var request = new CertificateRequest(root is null ? "CN=Root" : "CN=Issuer", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = root is null
            ? request.CreateSelfSigned(From, Until)
            : request.Create(root.Certificate.SubjectName, root.Generator, From, until ?? Until.AddDays(-1), [1, 2, 3]);
        File.WriteAllText(RootsFile, Certificate.ExportCertificatePem());
    }

    public static DateTimeOffset From { get; } = DateTimeOffset.UnixEpoch;

    public static DateTimeOffset Until { get; } = DateTimeOffset.UnixEpoch.AddYears(200);

    public X509Certificate2 Certificate { get; }

    public string RootsFile => Path.Combine(_folder.FullName, "roots.pem");

    public CertificateTrust Trust => CertificateTrust.Of([Certificate]);

    private X509SignatureGenerator Generator => X509SignatureGenerator.CreateForRSA(_key, RSASignaturePadding.Pkcs1);

    /// <param name="issuerAt">Where the certificate says that its issuer's is.</param>
    public X509Certificate2 Sign(string subject, Uri? issuerAt = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (issuerAt is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerAt.ToString()]));
        }

        return request.Create(Certificate.SubjectName, Generator, From, Until.AddDays(-2), [4, 5, 6]);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }
}
