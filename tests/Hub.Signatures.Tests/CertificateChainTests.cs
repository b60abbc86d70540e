using Hub.Signatures.Certificates;

namespace Hub.Signatures.Tests;

/// <summary>To which roots the certificates lead that providers sign with.</summary>
public sealed class CertificateChainTests
{
    [Fact]
    public void Chain_ToATrustedRoot_IsTrustedAndValidAsLongAsAllOfIt()
    {
        using var root = new TestAuthority();
        var ends = TestAuthority.From.AddYears(100);
        using var issuer = new TestAuthority(root, ends);
        var file = issuer.Sign("CN=signer.example.com").ExportCertificatePem() + "\n" + issuer.Certificate.ExportCertificatePem();
        var certificate = Read(file, root.Trust);
        Assert.Null(certificate.Untrusted);
        Assert.Equal((TestAuthority.From, ends), (certificate.NotBefore, certificate.NotAfter));
    }

    [Fact]
    public void Chain_ToARootOfOnesOwn_IsNotTrusted()
    {
        using var root = new TestAuthority();
        using var other = new TestAuthority();
        using var selfSigned = new TestAuthority();
        var forged = other.Sign("CN=signer.example.com").ExportCertificatePem();
        Assert.NotNull(Read(forged, root.Trust).Untrusted);
        Assert.NotNull(Read(forged + "\n" + other.Certificate.ExportCertificatePem(), root.Trust).Untrusted);
        Assert.NotNull(Read(forged + "\n" + root.Certificate.ExportCertificatePem(), root.Trust).Untrusted);
        Assert.Contains("not trusted here", Read(selfSigned.Certificate.ExportCertificatePem(), root.Trust).Untrusted, StringComparison.Ordinal);
        Assert.NotNull(Read(selfSigned.Certificate.ExportCertificatePem(), CertificateTrust.OfThisMachine).Untrusted);
    }

    [Fact]
    public void Chain_WithoutItsIssuer_IsNotTrustedAndSaysWhatIsMissing()
    {
        using var root = new TestAuthority();
        using var issuer = new TestAuthority(root);
        var certificate = Read(issuer.Sign("CN=signer.example.com").ExportCertificatePem(), root.Trust);
        Assert.Contains("the certificate of its issuer is missing", certificate.Untrusted, StringComparison.Ordinal);
    }

    private static SigningCertificate Read(string pem, CertificateTrust trust) =>
        SigningCertificate.Read(new Uri("https://api.paypal.com/"), Encoding.ASCII.GetBytes(pem), trust)!;
}
