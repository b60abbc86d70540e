using System.Security.Cryptography;
using Hub.Signatures.Handshakes;
using Microsoft.AspNetCore.Http;

namespace Hub.Signatures.Tests;

public sealed class HandshakeTests
{
    private const string Secret = "s3cr3t";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private readonly SignatureSchemes _schemes = new();

    [Theory]
    [InlineData("8f742231b10e8888abcd99yyyzzz85a5", "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", true)]
    [InlineData("another", "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", false)]
    public void Slack_UrlVerification_EchoesOnlyWhenSigned(string signedWith, string challenge, bool answered)
    {
        var body = $$"""{"token":"x","challenge":"{{challenge}}","type":"url_verification"}""";
        var answer = Ask("slack", "POST", "", ["8f742231b10e8888abcd99yyyzzz85a5"], body, Slack(signedWith, body));

        Assert.Equal(answered, answer is not null);
        if (answer is not null)
        {
            Assert.Equal((200, "text/plain", challenge), (answer.Status, answer.ContentType, Text(answer)));
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a\\\"b")]
    [InlineData("a\\nb")]
    public void Slack_UnsafeChallenge_NotEchoed(string challenge)
    {
        var body = $$"""{"challenge":"{{challenge}}","type":"url_verification"}""";
        var answer = Ask("slack", "POST", "", [Secret], body, Slack(Secret, body))!;

        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain(challenge, Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void Slack_Event_IsADelivery()
    {
        const string Body = """{"type":"event_callback","challenge":"x"}""";
        Assert.Null(Ask("slack", "POST", "", [Secret], Body, Slack(Secret, Body)));
    }

    [Fact]
    public void Notion_VerificationToken_KeptForOperator()
    {
        var answer = Ask("notion", "POST", "", ["placeholder"], """{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}""")!;

        Assert.Equal((200, 0, "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"), (answer.Status, answer.Body.Length, answer.SecretForOperator));
        Assert.DoesNotContain("secret_t", answer.ToString(), StringComparison.Ordinal);
        Assert.Null(Ask("notion", "POST", "", ["placeholder"], """{"verification_token":"<b>"}""")!.SecretForOperator);
    }

    [Fact]
    public void Graph_ValidationToken_EchoedDecoded()
    {
        var answer = Ask("microsoft-graph", "POST", "?validationToken=Validation%3A+Testing%20client+application+reachability+Request-Id%3a+0d3a-1", [Secret])!;

        Assert.Equal("Validation: Testing client application reachability Request-Id: 0d3a-1", Text(answer));
        Assert.Equal((200, "text/plain"), (answer.Status, answer.ContentType));
        Assert.Equal(400, Ask("microsoft-graph", "POST", "?validationToken=%3Cscript%3E", [Secret])!.Status);
        Assert.Equal(400, Ask("microsoft-graph", "POST", "?validationToken=" + new string('a', 513), [Secret])!.Status);
    }

    [Fact]
    public void Twitter_Crc_HashedWithSecret()
    {
        var answer = Ask("twitter", "GET", "?crc_token=MjZlNTQyMmEtZTk5NS00", [Secret])!;
        var hash = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), "MjZlNTQyMmEtZTk5NS00"u8));

        Assert.Equal($$"""{"response_token":"sha256={{hash}}"}""", Text(answer));
        Assert.Equal("application/json", answer.ContentType);
    }

    [Fact]
    public void Twitter_CrcOfADelivery_Refused()
    {
        // Otherwise anybody could have any body signed.
        var answer = Ask("twitter", "GET", "?crc_token=" + Uri.EscapeDataString("""{"tweet_create_events":[]}"""), [Secret])!;

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public void Zoom_UrlValidation_BothTokens()
    {
        const string Body = """{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}""";
        var signature = "v0=" + Hex(Secret, "v0:1700000000:" + Body);
        (string, string)[] headers = [("x-zm-request-timestamp", "1700000000"), ("x-zm-signature", signature)];

        var answer = Ask("zoom", "POST", "", ["other", Secret], Body, headers)!;

        Assert.Equal($$"""{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"{{Hex(Secret, "qgg8vlvZRS6UYooatFL8Aw")}}"}""", Text(answer));
        Assert.Null(Ask("zoom", "POST", "", ["other"], Body, headers));
    }

    [Theory]
    [InlineData("t0ken", 200, "1158201444")]
    [InlineData("wrong", 403, "")]
    [InlineData("", 403, "")]
    [InlineData("s3cr3t", 403, "")]
    public void Meta_HubChallenge_NeedsVerifyToken(string token, int status, string body)
    {
        var answer = Ask("whatsapp-meta", "GET", $"?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}", [Secret, "verify:t0ken"])!;

        Assert.Equal((status, body), (answer.Status, Text(answer)));
    }

    [Fact]
    public void Dropbox_Challenge_Echoed()
    {
        Assert.Equal("9PsNpfNHrDtLxqV7", Text(Ask("dropbox", "GET", "?challenge=9PsNpfNHrDtLxqV7", [Secret])!));
        Assert.Null(Ask("dropbox", "POST", "?challenge=abc", [Secret], "{}"));
    }

    [Theory]
    [InlineData("s3cr3t", 200)]
    [InlineData("wrong", 401)]
    public void Xero_IntentToReceive_EmptyAnswer(string signedWith, int status)
    {
        const string Body = """{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"S0m3r4Nd0mt3xt"}""";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signedWith), Encoding.UTF8.GetBytes(Body)));

        var answer = Ask("xero", "POST", "", [Secret], Body, [("x-xero-signature", signature)])!;

        Assert.Equal((status, 0), (answer.Status, answer.Body.Length));
    }

    [Fact]
    public void Trello_Head_Ok() => Assert.Equal((200, 0), (Ask("trello", "HEAD", "", [Secret])!.Status, Ask("trello", "HEAD", "", [Secret])!.Body.Length));

    [Fact]
    public void Discord_UnsignedPing_401()
    {
        (string, string)[] headers = [("X-Signature-Ed25519", new string('0', 128)), ("X-Signature-Timestamp", "1700000000")];
        var answer = Ask(
            "discord",
            "POST",
            "",
            ["d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"],
            """{"type":1,"token":"aW50"}""",
            headers
        )!;

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public void Discord_WebhookEvent_IsADelivery() =>
        Assert.Null(
            Ask(
                "discord",
                "POST",
                "",
                ["d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"],
                """{"type":1,"event":{"type":"ENTITLEMENT_CREATE"}}"""
            )
        );

    [Fact]
    public void Discord_SignedPing_204()
    {
        var vector = _schemes.Profiles.Single(p => p.Name == "discord").Vectors[0];
        Assert.True(_schemes.TryFind("discord", out var scheme));

        Assert.Equal(204, HandshakeResponder.Answer(scheme, vector.ToRequest(), [vector.Secret])!.Status);
    }

    [Fact]
    public void Adyen_Acknowledgement_Accepted()
    {
        Assert.True(_schemes.TryFind("adyen", out var adyen));
        Assert.True(_schemes.TryFind("github", out var github));
        var request = Request("POST", "", "{}", []);

        Assert.Equal("[accepted]", Text(HandshakeResponder.Acknowledge(adyen, request)!));
        Assert.Null(HandshakeResponder.Acknowledge(github, request));
    }

    [Fact]
    public void Asana_HookSecret_RepeatedAndKept()
    {
        var answer = Ask("asana", "POST", "", [Secret], "", [("X-Hook-Secret", "b537207f20cbfa02357cf448134da559")])!;

        Assert.Equal("b537207f20cbfa02357cf448134da559", answer.Headers["X-Hook-Secret"]);
        Assert.Equal("b537207f20cbfa02357cf448134da559", answer.SecretForOperator);
        Assert.Equal(400, Ask("asana", "POST", "", [Secret], "", [("X-Hook-Secret", "a\r\nSet-Cookie: x")])!.Status);
    }

    [Fact]
    public void Answer_LargeBodyOrNoProfile_None()
    {
        Assert.True(_schemes.TryFind("none", out var none));
        Assert.Null(HandshakeResponder.Answer(none, Request("HEAD", "", "", []), []));
        Assert.Null(Ask("notion", "POST", "", [Secret], "{\"verification_token\":\"a\"}" + new string(' ', HandshakeResponder.MaxBodyBytes)));
        Assert.Null(Ask("slack", "POST", "", [Secret], "not json"));
    }

    private HandshakeAnswer? Ask(string name, string method, string query, string[] secrets, string body = "", (string, string)[]? headers = null)
    {
        Assert.True(_schemes.TryFind(name, out var scheme));
        return HandshakeResponder.Answer(scheme, Request(method, query, body, headers ?? []), secrets);
    }

    private static SignedRequest Request(string method, string query, string body, (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary[name] = value;
        }

        return new(method, "https://hub.example.com/webhooks/incoming/abc" + query, dictionary, Encoding.UTF8.GetBytes(body), Now);
    }

    private static (string, string)[] Slack(string secret, string body) =>
        [("X-Slack-Request-Timestamp", "1700000000"), ("X-Slack-Signature", "v0=" + Hex(secret, "v0:1700000000:" + body))];

    private static string Hex(string secret, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    private static string Text(HandshakeAnswer answer) => Encoding.UTF8.GetString(answer.Body.Span);
}
