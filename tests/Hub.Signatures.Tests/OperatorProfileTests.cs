using System.Security.Cryptography;
using System.Text.Json;

namespace Hub.Signatures.Tests;

public sealed class OperatorProfileTests : IDisposable
{
    private const string Acme = """
        { "name": "acme", "title": "Acme", "documentation": "https://acme.example/docs", "algorithm": "hmac-sha512",
          "secret": { "format": "base64", "prefix": "acme_" },
          "signature": { "header": "X-Acme", "encoding": "base64", "listSeparator": " ", "key": "s", "keySeparator": ":" },
          "timestamp": { "header": "X-Acme-Time", "unit": "iso8601", "toleranceSeconds": 60 },
          "signed": [{ "part": "method" }, { "part": "url" }, { "part": "timestamp" }, { "part": "header", "text": "X-Acme-Event" }, { "part": "body" }],
          "separator": "\n", "dedupe": "header:X-Acme-Id", "eventType": "header:X-Acme-Event" }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("profiles").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Folder_NewHmacProfile_VerifiesWithoutCode()
    {
        Write("acme.json", Acme);
        Assert.True(new SignatureSchemes(_folder).TryFind("acme", out var scheme));
        byte[] key = [1, 2, 3];
        var signature = "s:" + Convert.ToBase64String(HMACSHA512.HashData(key, "POST\nhttps://hub.example.com/in/abc?x=1\n1970-01-01T00:00:30Z\nping\n{}"u8));

        var request = SignedRequests.Of(
            [("X-Acme", "old:xx " + signature), ("X-Acme-Time", "1970-01-01T00:00:30Z"), ("X-Acme-Event", "ping")],
            "{}"u8.ToArray()
        );

        Assert.True(scheme.Verify(request, ["acme_AQID"]).IsValid);
        Assert.False(scheme.Verify(request with { Method = "PUT" }, ["acme_AQID"]).IsValid);
        Assert.Equal(SignatureVerdict.Stale, scheme.Verify(request with { ReceivedAt = DateTimeOffset.FromUnixTimeSeconds(91) }, ["acme_AQID"]).Verdict);
    }

    [Theory]
    [InlineData("""{ "name": "a", """, "line 1", "not JSON")]
    [InlineData("[]", "$", "wrong type")]
    [InlineData("""{ "name": "a", "nam": 1 }""", "$.nam", "no such field")]
    [InlineData(
        """{ "name": "a", "title": "A", "documentation": "https://a/", "algorithm": "hmac-md5", "signature": { "header": "X" } }""",
        "$.algorithm",
        "hmac-sha256, "
    )]
    [InlineData(
        """{ "name": "a", "title": "A", "documentation": "https://a/", "algorithm": "token", "signature": { "header": "X", "encoding": 7 } }""",
        "$.signature.encoding",
        "hex, base64, utf8"
    )]
    [InlineData("""{ "name": "a", "documentation": "https://a/", "algorithm": "token", "signature": { "header": "X" } }""", "$", "'title'")]
    [InlineData(
        """{ "name": "A b", "title": "A", "documentation": "https://a/", "algorithm": "token", "signature": { "header": "X", "encoding": "utf8" } }""",
        "name:",
        "a-z"
    )]
    [InlineData(
        """{ "name": "github", "title": "A", "documentation": "https://a/", "algorithm": "token", "signature": { "header": "X", "encoding": "utf8" } }""",
        "name:",
        "another name"
    )]
    [InlineData(
        """{ "name": "none", "title": "A", "documentation": "https://a/", "algorithm": "token", "signature": { "header": "X", "encoding": "utf8" } }""",
        "name:",
        "another name"
    )]
    [InlineData(
        """{ "name": "a", "title": "A", "documentation": "https://a/", "algorithm": "hmac-sha1", "signature": { "header": "X" } }""",
        "signed:",
        "\"body\""
    )]
    [InlineData(
        """
            { "name": "a", "title": "A", "documentation": "https://a/", "algorithm": "hmac-sha1", "signature": { "header": "X Y" },
            "signed": [{ "part": "body" }] }
            """,
        "signature.header",
        "not the name"
    )]
    [InlineData(
        """
            { "name": "a", "title": "A", "documentation": "https://a/", "algorithm": "hmac-sha1", "signature": { "header": "X" },
            "signed": [{ "part": "body" }], "dedupe": "id" }
            """,
        "dedupe:",
        "header:"
    )]
    [InlineData(
        """
            { "name": "a", "title": "A", "documentation": "https://a/", "algorithm": "hmac-sha1", "signature": { "header": "X" },
            "signed": [{ "part": "bod" }] }
            """,
        "$.signed[0].part",
        "sorted-form"
    )]
    [InlineData("""{ "name": "a", "name": "b" }""", "$.name", "twice")]
    [InlineData(
        """
            { "name": "a", "title": "A", "documentation": "https://a/", "algorithm": "token", "signature": { "header": "X",
            "encoding": "utf8" }, "bodies": "xml" }
            """,
        "$.bodies",
        "json-object"
    )]
    [InlineData(
        """
            { "name": "a", "title": "A", "documentation": "https://a/", "algorithm": "token", "signature": { "header": "X",
            "encoding": "utf8" }, "acknowledgement": { "echo": "id" } }
            """,
        "acknowledgement",
        "body:"
    )]
    public void Folder_BadFile_RefusedWithPlaceAndRemedy(string json, string place, string remedy)
    {
        Write("bad.json", json);

        var refusal = Assert.Throws<SignatureProfileException>(() => new SignatureSchemes(_folder));

        Assert.Contains(Path.Combine(_folder, "bad.json"), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Hub.Signatures", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{ "part": "body" }]""", false)]
    [InlineData("""[{ "part": "body" }], "bodies": "any" """, false)]
    [InlineData("""[{ "part": "method" }, { "part": "body" }], "separator": "." """, false)]
    [InlineData("""[{ "part": "literal", "text": "v0" }, { "part": "body" }]""", false)]
    [InlineData("""[{ "part": "body" }], "separator": ":" """, false)]
    [InlineData("""[{ "part": "header", "text": "X-Id" }], "bodies": "json-object" """, false)]
    [InlineData("""[{ "part": "sorted-form" }], "bodyHashQuery": "hash" """, false)]
    [InlineData("""[{ "part": "body" }], "bodies": "json-object" """, true)]
    [InlineData("""[{ "part": "method" }, { "part": "body" }], "separator": ":" """, true)]
    [InlineData("""[{ "part": "literal", "text": "v0:" }, { "part": "body" }]""", true)]
    [InlineData("""[{ "part": "url" }, { "part": "body" }]""", true)]
    public void Folder_HandshakeThatHashes_MustNotSignDeliveries(string signed, bool isTaken)
    {
        Write(
            "crc.json",
            $$"""
            { "name": "crc", "title": "C", "documentation": "https://c/", "algorithm": "hmac-sha256", "signature": { "header": "X-Sig" }, "signed": {{signed}},
              "handshakes": [{ "name": "check", "when": [], "reply": { "json": { "answer": { "field": "query:token", "hmac": "hex" } } } }] }
            """
        );

        if (isTaken)
        {
            Assert.Contains("crc", new SignatureSchemes(_folder).Names);
            return;
        }

        var message = Assert.Throws<SignatureProfileException>(() => new SignatureSchemes(_folder)).Message;
        Assert.Contains("handshakes[0].reply.json", message, StringComparison.Ordinal);
        Assert.Contains("json-object", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_TwoBadFiles_BothNamed()
    {
        Write("a.json", "{");
        Write("b.json", Acme);
        Write("c.json", Acme);

        var message = Assert.Throws<SignatureProfileException>(() => new SignatureSchemes(_folder)).Message;

        Assert.Contains("a.json", message, StringComparison.Ordinal);
        Assert.DoesNotContain("b.json", message, StringComparison.Ordinal);
        Assert.Contains("c.json", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_Absent_Refused() =>
        Assert.Contains(
            "does not exist",
            Assert.Throws<SignatureProfileException>(() => new SignatureSchemes(Path.Combine(_folder, "x"))).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("""{ "signed": "{timestamp}.{body}", "timestampHeader": "X-Time" }""", "100.{}")]
    [InlineData("""{ "signed": "{method}\n{url}\n{header:X-Time}\n{body}", "algorithm": "sha256" }""", "POST\nhttps://hub.example.com/in/abc?x=1\n100\n{}")]
    [InlineData("""{ "signed": "v0:{id}:{body}", "idHeader": "X-Id" }""", "v0:m1:{}")]
    public void GenericHmac_Signed_Applies(string options, string signed)
    {
        Assert.True(new SignatureSchemes().TryFind("generic-hmac", JsonElement.Parse(options), out var scheme, out var error), error);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData("s3cr3t"u8, Encoding.UTF8.GetBytes(signed)));
        var request = SignedRequests.Of(
            [("X-Signature", signature), ("X-Time", "100"), ("X-Id", "m1")],
            "{}"u8.ToArray(),
            DateTimeOffset.FromUnixTimeSeconds(150)
        );

        Assert.True(scheme.Verify(request, ["s3cr3t"]).IsValid);
    }

    [Theory]
    [InlineData("""{ "signed": "{timestamp}" }""")]
    [InlineData("""{ "signed": "{timestamp}.{body}" }""")]
    [InlineData("""{ "signed": "{body", "prefix": "" }""")]
    [InlineData("""{ "signed": "{bodi}" }""")]
    [InlineData("""{ "signed": "" }""")]
    [InlineData("""{ "timestampHeader": "X-Time" }""")]
    [InlineData("""{ "idHeader": "X-Id" }""")]
    [InlineData("""{ "signed": "{timestamp}{body}", "timestampHeader": "X-Time", "toleranceSeconds": "0" }""")]
    [InlineData("""{ "secretFormat": "utf16" }""")]
    public void GenericHmac_UnusableOptions_SayWhy(string options)
    {
        Assert.False(new SignatureSchemes().TryFind("generic-hmac", JsonElement.Parse(options), out _, out var error));
        Assert.NotEmpty(error);
    }

    private void Write(string name, string json) => File.WriteAllText(Path.Combine(_folder, name), json);
}
