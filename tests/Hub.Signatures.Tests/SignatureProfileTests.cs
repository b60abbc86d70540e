using System.Security.Cryptography;
using System.Text.Json;

namespace Hub.Signatures.Tests;

public sealed class SignatureProfileTests
{
    private static readonly byte[] Body = "From=%2B1415&Body=Hi+there&Body=Again"u8.ToArray();
    private readonly SignatureSchemes schemes = new();

    public static TheoryData<string> Names => [.. new SignatureSchemes().Profiles.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void BuiltIn_Profile_IsSane(string name)
    {
        var profile = schemes.Profiles.Single(p => p.Name == name);

        Assert.Null(SignatureProfileRules.ErrorOf(profile));
        Assert.Equal("https", profile.Documentation.Scheme);
        Assert.True(profile.Dedupe is null || DedupeRule.TryParse(profile.Dedupe, out _));
        Assert.Contains(name, schemes.Names);
    }

    [Fact]
    public void Profile_UrlAndSortedForm_SignsAsTwilio()
    {
        var scheme = Scheme(
            """
            { "name": "t", "title": "T", "documentation": "https://x/", "algorithm": "hmac-sha1",
              "signature": { "header": "X-Twilio-Signature", "encoding": "base64" },
              "signed": [{ "part": "url" }, { "part": "sorted-form" }] }
            """
        );
#pragma warning disable CA5350 // The provider's algorithm.
        var signature = Convert.ToBase64String(HMACSHA1.HashData("s3cr3t"u8, "https://hub.example.com/in/abc?x=1BodyAgainBodyHi thereFrom+1415"u8));
#pragma warning restore CA5350

        var form = SignedRequests.Of([("X-Twilio-Signature", signature), ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")], Body);
        var other = SignedRequests.Of([("X-Twilio-Signature", signature), ("Content-Type", "application/json")], Body);

        Assert.Equal(SignatureVerdict.Valid, scheme.Verify(form, ["s3cr3t"]).Verdict);
        Assert.Equal(SignatureVerdict.BadSignature, scheme.Verify(other, ["s3cr3t"]).Verdict);
    }

    [Fact]
    public void Profile_MethodHeaderAndBody_SignsAll()
    {
        var scheme = Scheme(
            """
            { "name": "m", "title": "M", "documentation": "https://x/", "algorithm": "hmac-sha512", "secret": { "format": "hex" },
              "signature": { "header": "X-Sig", "encoding": "hex" }, "separator": "|",
              "signed": [{ "part": "method" }, { "part": "header", "text": "X-Event" }, { "part": "body" }] }
            """
        );
        var signature = Convert.ToHexString(HMACSHA512.HashData([0xab, 0xcd], [.. "POST|ping|"u8, .. Body]));

        Assert.True(scheme.Verify(SignedRequests.Of([("X-Sig", signature), ("X-Event", "ping")], Body), ["abcd"]).IsValid);
        Assert.Equal(SignatureVerdict.Missing, scheme.Verify(SignedRequests.Of([("X-Sig", signature)], Body), ["abcd"]).Verdict);
    }

    [Theory]
    [InlineData("s3cr3t", SignatureVerdict.Valid)]
    [InlineData("s3cr3", SignatureVerdict.BadSignature)]
    [InlineData("", SignatureVerdict.Missing)]
    public void Profile_Token_ComparesWhole(string sent, SignatureVerdict expected)
    {
        var scheme = Scheme(
            """
            { "name": "g", "title": "G", "documentation": "https://x/", "algorithm": "token",
              "signature": { "header": "X-Gitlab-Token", "encoding": "utf8" } }
            """
        );

        Assert.Equal(expected, scheme.Verify(SignedRequests.Of([("X-Gitlab-Token", sent)], Body), ["s3cr3t"]).Verdict);
    }

    [Fact]
    public void Profile_UnknownField_IsNotRead() => Assert.Throws<JsonException>(() => SignatureProfileFile.Read("""{ "nam": "x" }"""u8));

    [Fact]
    public void Profile_UnsignedTimestamp_IsRefused() =>
        Assert.Throws<ArgumentException>(() =>
            Scheme(
                """
                { "name": "u", "title": "U", "documentation": "https://x/", "algorithm": "hmac-sha256",
                  "signature": { "header": "X-Sig", "encoding": "hex" }, "timestamp": { "header": "X-Time" }, "signed": [{ "part": "body" }] }
                """
            )
        );

    [Theory]
    [InlineData(null, "X-Signature", "", true)]
    [InlineData(null, "X-Signature", "sha256=", true)]
    [InlineData("""{ "prefix": "v1=" }""", "X-Signature", "v1=", true)]
    [InlineData("""{ "prefix": "v1=" }""", "X-Signature", "", false)]
    [InlineData("""{ "header": "X-Mine" }""", "X-Mine", "", true)]
    public void GenericHmac_Options_Apply(string? options, string header, string prefix, bool valid)
    {
        Assert.True(schemes.TryFind("generic-hmac", options is null ? null : JsonElement.Parse(options), out var scheme, out _));
        var signature = prefix + Convert.ToHexStringLower(HMACSHA256.HashData("s3cr3t"u8, Body));

        Assert.Equal(valid, scheme.Verify(SignedRequests.Of([(header, signature)], Body), ["s3cr3t"]).IsValid);
    }

    [Theory]
    [InlineData("generic-hmac", """{ "algorithm": "md5" }""")]
    [InlineData("generic-hmac", """{ "header": "X Bad" }""")]
    [InlineData("generic-hmac", """{ "headers": "X" }""")]
    [InlineData("generic-hmac", """{ "encoding": 1 }""")]
    [InlineData("generic-hmac", "[]")]
    [InlineData("github", """{ "header": "X" }""")]
    [InlineData("nobody", "{}")]
    [InlineData("github", """{ "toleranceSeconds": 60 }""")]
    [InlineData("slack", """{ "toleranceSeconds": 0 }""")]
    [InlineData("slack", """{ "toleranceSeconds": 86401 }""")]
    [InlineData("slack", """{ "toleranceSeconds": "60" }""")]
    [InlineData("slack", """{ "toleranceSeconds": 60, "header": "X" }""")]
    public void TryFind_Unusable_SaysWhy(string name, string options)
    {
        Assert.False(schemes.TryFind(name, JsonElement.Parse(options), out _, out var error));
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData(300, SignatureVerdict.Stale)]
    [InlineData(900, SignatureVerdict.Valid)]
    public void Tolerance_OfTheSource_IsWhatCounts(int seconds, SignatureVerdict expected)
    {
        Assert.True(schemes.TryFind("slack", JsonElement.Parse($$"""{ "toleranceSeconds": {{seconds}} }"""), out var scheme, out var error), error);
        var vector = schemes.Profiles.Single(p => p.Name == "slack").Vectors[0];
        var late = vector.ToRequest() with { ReceivedAt = DateTimeOffset.FromUnixTimeSeconds(vector.ReceivedAt + 600) };
        Assert.Equal(expected, scheme.Verify(late, [vector.Secret]).Verdict);
    }

    [Fact]
    public void Verify_Rfc4231_Valid()
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        using var file = JsonDocument.Parse(File.ReadAllBytes(ConformanceData.PathTo("signatures", "signatures-4.json")));
        var scheme = Scheme(
            """
            { "name": "r", "title": "R", "documentation": "https://x/", "algorithm": "hmac-sha256", "secret": { "format": "hex" },
              "signature": { "header": "X-Sig", "encoding": "hex" }, "signed": [{ "part": "body" }] }
            """
        );

        foreach (var vector in file.RootElement.GetProperty("rfc4231_hmac_sha256").EnumerateArray())
        {
            var request = SignedRequests.Of([("X-Sig", Text(vector, "mac_hex"))], Convert.FromHexString(Text(vector, "data_hex")));
            Assert.True(scheme.Verify(request, [Text(vector, "key_hex")]).IsValid);
        }

        static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Verify_AnyHeaders_NeverThrowsNorPasses(string name)
    {
        Assert.True(schemes.TryFind(name, out var scheme));
        var profile = schemes.Profiles.Single(p => p.Name == name);
        string[] read = [profile.Signature.Header is { Length: > 0 } header ? header : "Z", profile.Timestamp?.Header ?? "X", profile.IdHeader ?? "Y"];
        string[] pieces =
        [
            "v1",
            "v0",
            "=",
            ",",
            " ",
            "t",
            "sha256=",
            "1700000000",
            "é",
            "==",
            "AAAA",
            "0f",
            "-",
            "\0",
            ";",
            new string('a', 64),
            new string('/', 43) + "=",
        ];
        var random = new Random(7);

        for (var i = 0; i < 2000; i++)
        {
            var headers = read.Select(name => (name, string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]))));

            Assert.False(scheme.Verify(SignedRequests.Of(headers, Body), ["whsec_AAAA", "s3cr3t", ""]).IsValid);
        }
    }

    private static ProfileSignatureScheme Scheme(string json) => new(SignatureProfileFile.Read(Encoding.UTF8.GetBytes(json)));
}
