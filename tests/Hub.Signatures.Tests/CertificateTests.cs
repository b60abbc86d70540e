using Hub.Signatures.Certificates;

namespace Hub.Signatures.Tests;

/// <summary>Certificates that requests name: from whom they may be fetched, and what they must be.</summary>
public sealed class CertificateTests
{
    private static readonly string[] Hosts = ["sns.*.amazonaws.com", "api.paypal.com"];
    private static readonly SignatureSchemes Schemes = new();

    [Theory]
    [InlineData("https://sns.us-west-2.amazonaws.com/x.pem", true)]
    [InlineData("https://SNS.us-west-2.amazonaws.com:443/x.pem", true)]
    [InlineData("https://api.paypal.com/x", true)]
    [InlineData("http://api.paypal.com/x", false)]
    [InlineData("https://api.paypal.com:8443/x", false)]
    [InlineData("https://api.paypal.com.example.com/x", false)]
    [InlineData("https://a.api.paypal.com/x", false)]
    [InlineData("https://user@api.paypal.com/x", false)]
    [InlineData("https://api.paypal.com/x#y", false)]
    [InlineData("https://api.paypal.com\\@example.com/x", false)]
    [InlineData("https://sns.a.b.amazonaws.com/x", false)]
    [InlineData("https://sns..amazonaws.com/x", false)]
    [InlineData("https://s3.us-west-2.amazonaws.com/sns.pem", false)]
    [InlineData("//api.paypal.com/x", false)]
    [InlineData("https://api.paypal.com/x y", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Address_OfAProvidersHostsAlone_IsTaken(string? text, bool expected) => Assert.Equal(expected, PinnedAddress.TryRead(text, Hosts, out _));

    [Theory]
    [InlineData("api.paypal.com", true)]
    [InlineData("sns-*.amazonaws.com", true)]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("*.com", false)]
    [InlineData("sns.*.*", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    [InlineData("a b.example.com", false)]
    [InlineData("http://127.0.0.1:5080/x", false)]
    public void Pattern_ThatCouldBeAnybodys_IsRefused(string text, bool expected) => Assert.Equal(expected, PinnedAddress.IsPattern(text));

    [Theory]
    [InlineData("https://sns.us-west-2.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem?a=b")]
    [InlineData("https://sns.us-west-2.amazonaws.com/?Action=GetTopicAttributes")]
    [InlineData("https://sns.us-west-2.amazonaws.com.example.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem")]
    public void Sns_CertificateElsewhere_IsRefusedWithoutACall(string address)
    {
        var (scheme, vector) = Find("aws-sns", 0);
        var request = Changed(vector, body =>
            body.Replace(
                "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem",
                address,
                StringComparison.Ordinal
            )
        );
        Assert.Null(scheme.Certificate!.AddressIn(request));
        Assert.Contains(
            "not one of Amazon SNS's",
            scheme.Verify(request with { Certificate = vector.ToRequest(scheme.Certificate).Certificate }, [vector.Secret]).Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("arn:aws:sns:us-west-2:123456789012:Other", false)]
    [InlineData("arn:aws:sns:us-west-2:123456789012:MyTopic", true)]
    public void Sns_OtherTopic_IsRefused(string secret, bool valid)
    {
        var (scheme, vector) = Find("aws-sns", 0);
        Assert.Equal(valid, scheme.Verify(vector.ToRequest(scheme.Certificate), [secret]).IsValid);
    }

    [Theory]
    [InlineData("\"SignatureVersion\": \"1\"", "\"SignatureVersion\": \"2\"")]
    [InlineData("\"Hello world!", "\"Hallo world!")]
    [InlineData("\"Subject\": \"My First Message\",", "")]
    [InlineData("\"Subject\": \"My First Message\"", "\"Subject\": \"My First Message\", \"Subject\": \"My First Message\"")]
    [InlineData("\"TopicArn\"", "\"Token\": \"\", \"TopicArn\"")]
    public void Sns_WhatIsSignedChanged_IsRefused(string old, string @new)
    {
        var (scheme, vector) = Find("aws-sns", 0);
        Assert.Contains(old, vector.Body, StringComparison.Ordinal);
        var request = Changed(vector, body => body.Replace(old, @new, StringComparison.Ordinal)) with
        {
            Certificate = vector.ToRequest(scheme.Certificate).Certificate,
        };
        Assert.Equal(SignatureVerdict.BadSignature, scheme.Verify(request, [vector.Secret]).Verdict);
    }

    [Fact]
    public void Sns_SameLinesReadAsOtherFields_AreRefused()
    {
        // The end of the message becomes the id: the signed text is the same.
        var (scheme, vector) = Find("aws-sns", 0);
        var request = Changed(vector, body =>
            body.Replace("\"Hello world!\\nAnd a line.\"", "\"Hello world!\"", StringComparison.Ordinal)
                .Replace("\"MessageId\": \"22b80b92", "\"MessageId\": \"And a line.\\nMessageId\\n22b80b92", StringComparison.Ordinal)
        ) with
        {
            Certificate = vector.ToRequest(scheme.Certificate).Certificate,
        };
        Assert.Contains("line break", scheme.Verify(request, [vector.Secret]).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws-sns")]
    [InlineData("paypal")]
    public void Certificate_OfAnotherNameTimeOrAddress_ProvesNothing(string name)
    {
        using var authority = new TestAuthority();
        var (scheme, vector) = Find(name, 0);
        var request = vector.ToRequest(scheme.Certificate);
        var certificate = request.Certificate!;
        foreach (
            var other in new[]
            {
                null,
                certificate with
                {
                    Names = ["sns.amazonaws.com.example.com", "paypal.com"],
                },
                certificate with
                {
                    NotAfter = request.ReceivedAt.AddSeconds(-1),
                },
                certificate with
                {
                    NotBefore = request.ReceivedAt.AddSeconds(1),
                },
                certificate with
                {
                    Address = new Uri("https://api.paypal.com/v1/notifications/certs/other"),
                },
                certificate with
                {
                    PublicKey = Read(authority.Sign("CN=x").ExportCertificatePem(), authority.Trust)!.PublicKey,
                },
                certificate with
                {
                    Untrusted = "Its chain leads nowhere",
                },
            }
        )
        {
            Assert.Equal(SignatureVerdict.BadSignature, scheme.Verify(request with { Certificate = other }, [vector.Secret]).Verdict);
        }
    }

    [Fact]
    public void Read_WhatIsNoCertificateFile_IsNone()
    {
        using var authority = new TestAuthority();
        var pem = authority.Sign("CN=a.example.com").ExportCertificatePem();
        Assert.Equal(["a.example.com"], Read("\r\n" + pem, authority.Trust)!.Names);
        Assert.Null(Read("<xml>\n" + pem, authority.Trust));
        Assert.Null(Read(pem[..200], authority.Trust));
        Assert.Null(Read("", authority.Trust));
    }

    private static SigningCertificate? Read(string pem, CertificateTrust trust) =>
        SigningCertificate.Read(new Uri("https://api.paypal.com/"), Encoding.ASCII.GetBytes(pem), trust);

    private static SignedRequest Changed(SignatureVector vector, Func<string, string> change) => (vector with { Body = change(vector.Body) }).ToRequest();

    private static (ISignatureScheme Scheme, SignatureVector Vector) Find(string name, int index)
    {
        Assert.True(Schemes.TryFind(name, out var scheme));
        return (scheme, Schemes.Profiles.Single(profile => profile.Name == name).Vectors[index]);
    }
}
