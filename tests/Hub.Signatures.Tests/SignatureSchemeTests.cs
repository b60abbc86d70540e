using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Hub.Signatures.Tests;

public sealed class SignatureSchemeTests
{
    private const string Secret = "It's a Secret to Everybody";
    private static readonly byte[] Body = "Hello, World!"u8.ToArray();
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private readonly SignatureSchemes schemes = new();

    [Fact]
    public void Verify_SecondSecretSigned_TellsWhich()
    {
        var result = Verify("github", [("X-Hub-Signature-256", "sha256=" + Hex(Body))], ["another", Secret]);

        Assert.Equal((SignatureVerdict.Valid, 1), (result.Verdict, result.SecretIndex));
    }

    [Fact]
    public void Verify_NoSecrets_Refused() =>
        Assert.Equal(SignatureVerdict.BadSignature, Verify("github", [("X-Hub-Signature-256", "sha256=" + Hex(Body))], []).Verdict);

    [Fact]
    public void Verify_EmptySecret_Refused()
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Array.Empty<byte>(), Body));

        Assert.Equal(SignatureVerdict.BadSignature, Verify("github", [("X-Hub-Signature-256", "sha256=" + signature)], [""]).Verdict);
    }

    [Fact]
    public void Verify_HeaderTwice_Refused()
    {
        var good = "sha256=" + Hex(Body);

        var result = Verify("github", [("X-Hub-Signature-256", good), ("X-Hub-Signature-256", good)], [Secret]);

        Assert.Equal(SignatureVerdict.BadSignature, result.Verdict);
        Assert.Contains("more than once", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_HeaderAbsent_Missing() => Assert.Equal(SignatureVerdict.Missing, Verify("github", [], [Secret]).Verdict);

    [Theory]
    [InlineData("sha256=zz")]
    [InlineData("sha256=")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1g")]
    [InlineData("=")]
    [InlineData("sha256=💥")]
    public void Verify_Malformed_BadSignature(string header) =>
        Assert.Equal(SignatureVerdict.BadSignature, Verify("github", [("X-Hub-Signature-256", header)], [Secret]).Verdict);

    [Fact]
    public void Verify_Base64WithStrayBits_BadSignature()
    {
        var good = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Body));
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var twin = good[..42] + Digits[Digits.IndexOf(good[42], StringComparison.Ordinal) + 1] + "=";

        Assert.Equal(SignatureVerdict.Valid, Verify("shopify", [("X-Shopify-Hmac-SHA256", good)], [Secret]).Verdict);
        Assert.Equal(SignatureVerdict.BadSignature, Verify("shopify", [("X-Shopify-Hmac-SHA256", twin)], [Secret]).Verdict);
        Assert.Equal(SignatureVerdict.BadSignature, Verify("shopify", [("X-Shopify-Hmac-SHA256", good.Insert(10, " "))], [Secret]).Verdict);
    }

    [Theory]
    [InlineData("1699999940000", SignatureVerdict.Valid)]
    [InlineData("1699999939000", SignatureVerdict.Stale)]
    [InlineData("1700000061000", SignatureVerdict.Stale)]
    [InlineData("9223372036854775807", SignatureVerdict.Stale)]
    public void Verify_TimeInBody_WithinMinute(string milliseconds, SignatureVerdict expected)
    {
        var body = Encoding.UTF8.GetBytes($$"""{ "data": { "webhookTimestamp": 1 }, "webhookTimestamp": {{milliseconds}} }""");

        Assert.Equal(expected, Verify("linear", [("Linear-Signature", Hex(body))], [Secret], body).Verdict);
    }

    [Theory]
    [InlineData("+1700000000")]
    [InlineData(" 1700000000")]
    [InlineData("1700000000.0")]
    [InlineData("99999999999999999999")]
    public void Verify_TimestampNotDigits_BadSignature(string time)
    {
        var signature = "v0=" + Hex(Encoding.UTF8.GetBytes($"v0:{time}:Hello, World!"));

        Assert.Equal(SignatureVerdict.BadSignature, Verify("slack", [("X-Slack-Signature", signature), ("X-Slack-Request-Timestamp", time)], [Secret]).Verdict);
    }

    [Fact]
    public void Verify_RightButOld_StaleWithDistance()
    {
        var signature = "v0=" + Hex("v0:1699999000:Hello, World!"u8.ToArray());

        var result = Verify("slack", [("X-Slack-Signature", signature), ("X-Slack-Request-Timestamp", "1699999000")], [Secret]);

        Assert.Equal(SignatureVerdict.Stale, result.Verdict);
        Assert.Contains("1000 s", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void SecretError_NotBase64_Named()
    {
        Assert.True(schemes.TryFind("standard-webhooks", out var scheme));

        Assert.Null(scheme.SecretError("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        Assert.NotNull(scheme.SecretError("whsec_!!"));
        Assert.NotNull(scheme.SecretError("whsec_"));
    }

    [Fact]
    public void None_AnyRequest_Valid()
    {
        Assert.True(schemes.TryFind("none", out var scheme));
        Assert.False(scheme.NeedsSecret);
        Assert.True(scheme.Verify(new("POST", "https://x/", new HeaderDictionary(), Body, Now), []).IsValid);
    }

    private SignatureResult Verify(string name, (string Name, string Value)[] headers, string[] secrets, byte[]? body = null)
    {
        Assert.True(schemes.TryFind(name, out var scheme));
        return scheme.Verify(SignedRequests.Of(headers, body ?? Body, Now), secrets);
    }

    private static string Hex(byte[] signed) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed));
}
