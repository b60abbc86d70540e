using System.Security.Cryptography;
using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Credentials;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Providers that ask whether the address listens get their answer, and nothing of it is a delivery.</summary>
public sealed class HandshakeTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "9hR2xkVh3qT7wLmZ";

    [Fact]
    public async Task Slack_UrlVerification_IsAnsweredWhenSigned()
    {
        var source = await SourceAsync("slack");
        const string Body = """{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}""";
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString();
        var signature = "v0=" + Hex($"v0:{time}:{Body}");
        using (var response = await SendAsync(HttpMethod.Post, source, "", Json(Body), ("X-Slack-Request-Timestamp", time), ("X-Slack-Signature", signature)))
        {
            Assert.Equal("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", await TextAsync(response, 200));
            Assert.Equal(("text/plain", "nosniff"), (response.Content.Headers.ContentType?.MediaType, response.Headers.GetValues("X-Content-Type-Options").Single()));
        }

        using (var unsigned = await SendAsync(HttpMethod.Post, source, "", Json(Body)))
        {
            await ProblemAsync(unsigned, 401, "signature_missing");
        }

        Assert.Equal(0, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task Graph_ValidationToken_IsEchoed()
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"microsoft-graph\",\"secrets\":[\"" + Secret + "\"]},\"contentTypes\":[\"application/json\"]");
        using (var response = await SendAsync(HttpMethod.Post, source, "?validationToken=Validation%3A%20Testing%20client%20application", new StringContent("", Encoding.UTF8, "text/plain")))
        {
            Assert.Equal("Validation: Testing client application", await TextAsync(response, 200));
        }

        using var markup = await SendAsync(HttpMethod.Post, source, "?validationToken=%3Cscript%3E", new StringContent(""));
        Assert.Equal(400, (int)markup.StatusCode);
        Assert.DoesNotContain("script", await markup.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twitter_Crc_IsHashed()
    {
        var source = await SourceAsync("twitter");
        using var response = await SendAsync(HttpMethod.Get, source, "?crc_token=abc123&nonce=1");
        var answer = await ReadAsync(response, 200);
        Assert.Equal("sha256=" + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), "abc123"u8)), answer.GetProperty("response_token").GetString());
        Assert.Equal(0, await DeliveriesAsync(source));
    }

    [Theory]
    [InlineData("direct_message_events=delete_all", "application/x-www-form-urlencoded", "")]
    [InlineData("123", "application/json", "")]
    [InlineData("true", "application/json", ",\"contentTypes\":[\"application/json\"]")]
    [InlineData("delete_all", "text/plain", ",\"contentTypes\":[\"text/*\"]")]
    public async Task Twitter_HashOfACrc_IsNoSignatureOfADelivery(string text, string type, string settings)
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"twitter\",\"secrets\":[\"" + Secret + "\"]}" + settings);
        using var challenge = await SendAsync(HttpMethod.Get, source, "?crc_token=" + Uri.EscapeDataString(text));
        var hash = (await ReadAsync(challenge, 200)).GetProperty("response_token").GetString()!;
        using var content = new StringContent(text, Encoding.UTF8, type);
        using var response = await SendAsync(HttpMethod.Post, source, "", content, ("x-twitter-webhooks-signature", hash));
        var problem = await ProblemAsync(response, 401, "signature_invalid");
        Assert.Contains("JSON object", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await DeliveriesAsync(source));
    }

    [Theory]
    [InlineData("""{"scheme":"none"}""")]
    [InlineData("""{"scheme":"github","secrets":["9hR2xkVh3qT7wLmZ"]}""")]
    [InlineData("""{"scheme":"slack","secrets":["9hR2xkVh3qT7wLmZ"]}""")]
    public async Task Head_OfAnySource_TellsThatItListens(string signature)
    {
        var source = await Hub.AddSourceAsync(signature);
        using var head = await SendAsync(HttpMethod.Head, source);
        Assert.Equal("", await TextAsync(head, 200));
        using var get = await SendAsync(HttpMethod.Get, source);
        await ProblemAsync(get, 405, "method_not_allowed");
        Assert.Equal(0, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task HeadAndOptions_OfASourceThatTakesThem_AreDeliveries()
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"none\"},\"methods\":[\"HEAD\",\"OPTIONS\"]");
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Options })
        {
            using var response = await SendAsync(method, source);
            Assert.Equal(202, (int)response.StatusCode);
        }

        Assert.Equal(2, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task CloudEvents_RequestOrigin_IsAllowed()
    {
        var source = await SourceAsync("cloudevents");
        using (var response = await SendAsync(HttpMethod.Options, source, "", null, ("WebHook-Request-Origin", "eventemitter.example.com")))
        {
            Assert.Equal("", await TextAsync(response, 200));
            Assert.Equal("eventemitter.example.com", response.Headers.GetValues("WebHook-Allowed-Origin").Single());
        }

        using var bare = await SendAsync(HttpMethod.Options, source);
        await ProblemAsync(bare, 405, "method_not_allowed");
        Assert.Equal(0, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task EventGrid_Validation_IsAnsweredToWhoKnowsTheKey()
    {
        var source = await SourceAsync("azure-event-grid");
        const string Body = """[{"id":"1","data":{"validationCode":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent"}]""";
        using (var response = await SendAsync(HttpMethod.Post, source, "?code=" + Secret, Json(Body), ("aeg-event-type", "SubscriptionValidation")))
        {
            Assert.Equal("512d38b6-c7b8-40c8-89fe-f46f9e9622b6", (await ReadAsync(response, 200)).GetProperty("validationResponse").GetString());
        }

        using (var wrong = await SendAsync(HttpMethod.Post, source, "?code=wrong", Json(Body), ("aeg-event-type", "SubscriptionValidation")))
        {
            await ProblemAsync(wrong, 401, "signature_invalid");
        }

        using (var origin = await SendAsync(HttpMethod.Options, source, "?code=" + Secret, null, ("WebHook-Request-Origin", "eventgrid.azure.net"), ("WebHook-Request-Rate", "120")))
        {
            Assert.Equal("", await TextAsync(origin, 200));
            Assert.Equal(("eventgrid.azure.net", "120"), (origin.Headers.GetValues("WebHook-Allowed-Origin").Single(), origin.Headers.GetValues("WebHook-Allowed-Rate").Single()));
        }

        Assert.Equal(0, await DeliveriesAsync(source));
        using var delivery = await SendAsync(HttpMethod.Post, source, "?code=" + Secret, Json("""[{"id":"2","eventType":"Microsoft.Storage.BlobCreated"}]"""), ("aeg-event-type", "Notification"));
        var id = (await ReadAsync(delivery, 202)).GetProperty("deliveryId").GetGuid();
        Assert.DoesNotContain(Secret, (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}")).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webhook_id=17", "application/x-www-form-urlencoded", 200)]
    [InlineData("other=17", "application/x-www-form-urlencoded", 401)]
    [InlineData("webhook_id=17", "text/plain", 401)]
    [InlineData("{\"webhook_id\":17}", "application/json", 401)]
    public async Task WooCommerce_Ping_IsAnsweredUnsigned(string body, string type, int status)
    {
        var source = await SourceAsync("woocommerce");
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await SendAsync(HttpMethod.Post, source, "", content);
        await TextAsync(response, status);
        Assert.Equal(0, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task Linear_Delivery_IsAnsweredWithThe200ThatItInsistsOn()
    {
        var source = await SourceAsync("linear");
        var body = $$"""{"action":"create","webhookTimestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}""";
        using var response = await SendAsync(HttpMethod.Post, source, "", Json(body), ("Linear-Signature", Hex(body)));
        Assert.Equal("", await TextAsync(response, 200));
        Assert.Equal(1, await DeliveriesAsync(source));
    }

    [Theory]
    [InlineData("xero", "x-xero-signature", "", """{"events":[{"eventType":"UPDATE"}],"lastEventSequence":7}""")]
    [InlineData("whatsapp-meta", "X-Hub-Signature-256", "sha256=", """{"object":"page"}""")]
    [InlineData("asana", "X-Hook-Signature", "hex", """{"events":[{"action":"changed"}]}""")]
    public async Task Delivery_OfAProviderThatInsistsOn200_IsAnsweredSo(string scheme, string header, string prefix, string body)
    {
        var source = await SourceAsync(scheme);
        var signature = prefix.Length == 0 ? Convert.ToBase64String(Convert.FromHexString(Hex(body))) : prefix == "hex" ? Hex(body) : prefix + Hex(body);
        using var response = await SendAsync(HttpMethod.Post, source, "", Json(body), (header, signature));
        Assert.Equal("", await TextAsync(response, 200));
        Assert.Equal(1, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task Zoom_UrlValidation_IsHashed()
    {
        var source = await SourceAsync("zoom");
        const string Body = """{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}""";
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString();
        using var response = await SendAsync(HttpMethod.Post, source, "", Json(Body), ("x-zm-request-timestamp", time), ("x-zm-signature", "v0=" + Hex($"v0:{time}:{Body}")));
        var answer = await ReadAsync(response, 200);
        Assert.Equal(("qgg8vlvZRS6UYooatFL8Aw", Hex("qgg8vlvZRS6UYooatFL8Aw")), (answer.GetProperty("plainToken").GetString(), answer.GetProperty("encryptedToken").GetString()));
    }

    [Theory]
    [InlineData("the-verify-token", 200)]
    [InlineData("another-token", 403)]
    [InlineData(Secret, 403)]
    public async Task Meta_Challenge_NeedsTheVerifyToken(string token, int status)
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"whatsapp-meta\",\"secrets\":[\"" + Secret + "\",\"verify:the-verify-token\"]}");
        using var response = await SendAsync(HttpMethod.Get, source, $"?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}");
        Assert.Equal(status == 200 ? "1158201444" : "", await TextAsync(response, status));
    }

    [Fact]
    public async Task Notion_VerificationToken_IsShownToTheOperatorAndNeverAdoptedUnasked()
    {
        const string Token = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl";
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"notion\"}");
        for (var i = 0; i < 2; i++)
        {
            using var response = await SendAsync(HttpMethod.Post, source, "", Json($$"""{"verification_token":"{{Token}}"}"""));
            Assert.Equal("", await TextAsync(response, 200));
        }

        var body = """{"id":"367cba44","type":"page.created"}"""u8.ToArray();
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Token), body));
        using (var unasked = await Hub.PostAsync(source, body, "", ("X-Notion-Signature", signature)))
        {
            await ProblemAsync(unasked, 401, "signature_invalid");
        }

        using (var keyless = await Hub.Web.GetAsync($"/api/v1/sources/{source.Id}/handshakes", Cancel))
        {
            await ProblemAsync(keyless, 401, "unauthorized");
        }

        var shown = Assert.Single((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes")).EnumerateArray());
        Assert.Equal(("verification_token", Token), (shown.GetProperty("handshake").GetString(), shown.GetProperty("secret").GetString()));
        Assert.True(TimeProvider.System.GetUtcNow() - shown.GetProperty("receivedAt").GetDateTimeOffset() < TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(Token, (string)(await Hub.AskAsync("SELECT encode(protected, 'escape') FROM hub.source_handshakes WHERE source_id = $1", source.Id))!, StringComparison.Ordinal);

        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", $$"""{"secret":"{{Token}}"}""");
        await Hub.DeliverAsync(source, body, "", ("X-Notion-Signature", signature));
        Assert.Empty((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes")).EnumerateArray());
        using (var again = await SendAsync(HttpMethod.Post, source, "", Json($$"""{"verification_token":"{{Token}}"}""")))
        {
            Assert.Equal("", await TextAsync(again, 200));
        }

        Assert.Empty((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes")).EnumerateArray());
        Assert.Equal(1, await DeliveriesAsync(source));
        Assert.DoesNotContain(Token, Hub.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandedOverSecrets_Many_AreBounded()
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"notion\"}");
        for (var i = 0; i < 9; i++)
        {
            using var response = await SendAsync(HttpMethod.Post, source, "", Json($$"""{"verification_token":"token-{{i}}"}"""));
            Assert.Equal(200, (int)response.StatusCode);
        }

        // The last ones come beyond the rate, and are answered all the same.
        var shown = (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes")).EnumerateArray().Select(item => item.GetProperty("secret").GetString()).ToList();
        Assert.Contains("token-0", shown);
        Assert.InRange(shown.Count, 5, 7);
    }

    [Fact]
    public async Task HandedOverSecrets_OfAStranger_DoNotPushOutTheFirst()
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"notion\"}");
        var time = new ManualTime();
        var secrets = new HandshakeSecrets(Hub.Get<HubDatabase>(), Hub.Get<SecretVault>(), Hub.Get<SecretReader>(), time);
        for (var i = 0; i < 12; i++)
        {
            await secrets.KeepAsync(source.Id, "verification", $"token-{i}", time.GetUtcNow(), Cancel);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}/handshakes");
        Assert.Equal(["token-11", "token-10", "token-9", "token-8", "token-7", "token-1", "token-0"], shown.EnumerateArray().Select(item => item.GetProperty("secret").GetString()));
        Assert.Equal(7L, await Hub.AskAsync("SELECT count(*) FROM hub.source_handshakes WHERE source_id = $1", source.Id));
        time.Advance(TimeSpan.FromHours(2));
        await secrets.KeepAsync(source.Id, "verification", "late", time.GetUtcNow(), Cancel);
        Assert.Equal(5L, await Hub.AskAsync("SELECT count(*) FROM hub.source_handshakes WHERE source_id = $1", source.Id));
    }

    [Fact]
    public async Task Adyen_Delivery_IsAcknowledgedAsItInsists()
    {
        var key = new string('A', 64);
        var source = await AddSourceAsync($$"""  "signature":{"scheme":"adyen-platform","secrets":["{{key}}"]},"dedupe":"body:/data/id"  """);
        var body = """{"type":"balancePlatform.accountHolder.created","data":{"id":"1"}}"""u8.ToArray();
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromHexString(key), body));
        for (var i = 0; i < 2; i++)
        {
            using var response = await Hub.PostAsync(source, body, "", ("HmacSignature", signature));
            Assert.Contains("accepted", await TextAsync(response, (int)response.StatusCode), StringComparison.Ordinal);
            Assert.True(response.IsSuccessStatusCode);
        }

        Assert.Equal(1, await DeliveriesAsync(source));
    }

    private Task<TestSource> SourceAsync(string scheme) => AddSourceAsync($$"""  "signature":{"scheme":"{{scheme}}","secrets":["{{Secret}}"]}  """);

    private static string Hex(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));

    private static async Task<string> TextAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)response.StatusCode, $"{status} was expected, {(int)response.StatusCode} came: {text}");
        return text;
    }
}
