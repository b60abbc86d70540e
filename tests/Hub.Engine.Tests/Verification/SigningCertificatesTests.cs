using Hub.Connectors;
using Hub.Engine.Verification;
using Hub.Signatures;
using Hub.Signatures.Tests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Engine.Tests.Verification;

/// <summary>Certificates that requests name: from whom they are fetched, how often, and what of their chain is.</summary>
public sealed class SigningCertificatesTests : IAsyncLifetime
{
    private StandIn _provider = null!;

    public async ValueTask InitializeAsync() => _provider = await StandIn.StartAsync();

    public async ValueTask DisposeAsync() => await _provider.DisposeAsync();

    [Fact]
    public async Task Fetch_ManyRequests_AskOnceAndRememberWhatIsNot()
    {
        using var authority = new TestAuthority();
        _provider.On("/certs/good", new StandInAnswer(200, authority.Sign("CN=signer.example.com").ExportCertificatePem()));
        var elsewhere = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = $"http://localhost:{_provider.Url.Port}/certs/good" };
        _provider.On("/certs/moved", new StandInAnswer(302, Headers: elsewhere));
        _provider.On("/certs/absent", new StandInAnswer(404));
        _provider.On("/certs/broken", new StandInAnswer(500));
        var scheme = Local(_provider.Url);
        await using var services = Services(authority.RootsFile);
        var certificates = services.GetRequiredService<SigningCertificates>();

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => certificates.CompleteAsync(scheme, Naming("good"), Cancel).AsTask()));
        Assert.All(all, request => Assert.Equal(["signer.example.com"], request!.Certificate!.Names));
        Assert.Single(_provider.To("/certs/good"));
        foreach (var name in new[] { "absent", "absent", "moved" })
        {
            Assert.Null((await certificates.CompleteAsync(scheme, Naming(name), Cancel))!.Certificate);
        }

        Assert.Null(await certificates.CompleteAsync(scheme, Naming("broken"), Cancel));
        Assert.Null(await certificates.CompleteAsync(scheme, Naming("broken"), Cancel));
        Assert.Single(_provider.To("/certs/absent"));
        Assert.Single(_provider.To("/certs/moved"));
        Assert.Single(_provider.To("/certs/broken"));

        // However many are named, few are asked for; and what is known is still there.
        for (var i = 0; i < 60; i++)
        {
            await certificates.CompleteAsync(scheme, Naming($"x{i}"), Cancel);
        }

        Assert.InRange(Enumerable.Range(0, 60).Sum(i => _provider.To($"/certs/x{i}").Count), 15, 26);
        Assert.NotNull((await certificates.CompleteAsync(scheme, Naming("good"), Cancel))!.Certificate);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Issuer_ThatIsNotInTheFile_IsFetchedAndTrustedForItsRootAlone(bool isTrusted)
    {
        using var root = new TestAuthority();
        using var other = new TestAuthority();
        using var issuer = new TestAuthority(isTrusted ? root : other);
        _provider.On("/issuer.cer", new StandInAnswer(200, issuer.Certificate.ExportCertificatePem()));
        _provider.On("/certs/1", new StandInAnswer(200, issuer.Sign("CN=signer.example.com", new Uri(_provider.Url, "/issuer.cer")).ExportCertificatePem()));
        await using var services = Services(root.RootsFile);
        var completed = await services.GetRequiredService<SigningCertificates>().CompleteAsync(Local(_provider.Url), Naming("1"), Cancel);
        Assert.Equal(isTrusted, completed!.Certificate!.Untrusted is null);
        Assert.Single(_provider.To("/issuer.cer"));
    }

    [Fact]
    public async Task RootsFile_ThatHoldsNone_IsRefusedAtTheStart()
    {
        await using var services = Services("/nowhere/roots.pem");
        var refused = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => services.GetRequiredService<SigningCertificates>());
        Assert.Contains("Hub:Signatures:RootsFile is '/nowhere/roots.pem', which cannot be read", refused.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SignedRequest Naming(string name) =>
        new(
            "POST",
            "https://hub.example.com/in/abc",
            new HeaderDictionary { ["X-Cert"] = _provider.At("/certs/" + name) },
            "{}"u8.ToArray(),
            DateTimeOffset.UnixEpoch
        );

    private static ProfileSignatureScheme Local(Uri server)
    {
        var profile = new SignatureSchemes().Profiles.Single(profile => profile.Name == "paypal");
        return new(profile with { Certificate = new("header:X-Cert", [server.GetLeftPart(UriPartial.Authority)], "/certs/", ["signer.example.com"]) });
    }

    private static ServiceProvider Services(string rootsFile)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Hub:Outbound:AllowedNetworks:0", "127.0.0.0/8"), new("Hub:Signatures:RootsFile", rootsFile)])
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddHubConnectors(configuration)
            .AddHubSignatures(configuration)
            .AddSingleton<KnownCertificates>()
            .AddSingleton<CertificateFetcher>()
            .AddSingleton<SigningCertificates>()
            .BuildServiceProvider();
    }
}
