using Hub.Connectors.Signatures;
using Hub.Connectors.Signatures.Certificates;
using Hub.Connectors.Tests.StandIns;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.Signatures;

/// <summary>To which roots the certificates lead that providers sign with, and where the parts between come from.</summary>
public sealed class CertificateChainTests
{
    private static readonly SignatureSchemes Schemes = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Issuer_ThatIsNotInTheFile_IsFetchedAndTrustedForItsRootAlone(bool isTrusted)
    {
        using var root = new TestAuthority();
        using var other = new TestAuthority();
        using var issuer = new TestAuthority(isTrusted ? root : other);
        var signer = "";
        await using var server = await StandIn.StartAsync(context =>
            context.Request.Path == "/issuer.cer"
                ? context.Response.Body.WriteAsync(issuer.Certificate.RawData, Cancel).AsTask()
                : context.Response.WriteAsync(signer, Cancel)
        );
        signer = issuer.Sign("CN=signer.example.com", new Uri(server.Url, "/issuer.cer")).ExportCertificatePem();
        using var hub = new TestHub(("Hub:Signatures:RootsFile", root.RootsFile));
        var profile = Schemes.Profiles.Single(static profile => profile.Name == "paypal");
        var scheme = new ProfileSignatureScheme(
            profile with
            {
                Certificate = new("header:X-Cert", [server.Url.GetLeftPart(UriPartial.Authority)], "/certs/", ["signer.example.com"]),
            }
        );
        var request = SignedRequests.Of([("X-Cert", new Uri(server.Url, "/certs/1").ToString())], "{}"u8.ToArray());
        var completed = await hub.Get<SigningCertificates>().CompleteAsync(scheme, request, Cancel);
        Assert.Equal(isTrusted, completed!.Certificate!.Untrusted is null);
        Assert.Equal(["/certs/1", "/issuer.cer"], server.Requests.Select(static each => each.PathAndQuery).Distinct());
    }

    [Fact]
    public void RootsFile_ThatHoldsNone_IsRefusedAtTheStart()
    {
        using var hub = new TestHub(("Hub:Signatures:RootsFile", "/nowhere/roots.pem"));
        var refused = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => hub.Get<SigningCertificates>());
        Assert.Contains("Hub:Signatures:RootsFile: /nowhere/roots.pem cannot be read", refused.Message, StringComparison.Ordinal);
    }

    private static SigningCertificate Read(string pem, CertificateTrust trust) =>
        SigningCertificate.Read(new Uri("https://api.paypal.com/"), Encoding.ASCII.GetBytes(pem), trust)!;
}
