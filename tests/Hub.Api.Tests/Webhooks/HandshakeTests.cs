using System.Security.Cryptography;

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
            Assert.Equal(
                ("text/plain", "nosniff"),
                (response.Content.Headers.ContentType?.MediaType, response.Headers.GetValues("X-Content-Type-Options").Single())
            );
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
        var source = await AddSourceAsync(
            "\"signature\":{\"scheme\":\"microsoft-graph\",\"secrets\":[\"" + Secret + "\"]},\"contentTypes\":[\"application/json\"]"
        );
        using (
            var response = await SendAsync(
                HttpMethod.Post,
                source,
                "?validationToken=Validation%3A%20Testing%20client%20application",
                new StringContent("", Encoding.UTF8, "text/plain")
            )
        )
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
        Assert.Equal(
            "sha256=" + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), "abc123"u8)),
            answer.GetProperty("response_token").GetString()
        );
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
        const string Body =
            """[{"id":"1","data":{"validationCode":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent"}]""";
        using (var response = await SendAsync(HttpMethod.Post, source, "?code=" + Secret, Json(Body), ("aeg-event-type", "SubscriptionValidation")))
        {
            Assert.Equal("512d38b6-c7b8-40c8-89fe-f46f9e9622b6", (await ReadAsync(response, 200)).GetProperty("validationResponse").GetString());
        }

        using (var wrong = await SendAsync(HttpMethod.Post, source, "?code=wrong", Json(Body), ("aeg-event-type", "SubscriptionValidation")))
        {
            await ProblemAsync(wrong, 401, "signature_invalid");
        }

        using (
            var origin = await SendAsync(
                HttpMethod.Options,
                source,
                "?code=" + Secret,
                null,
                ("WebHook-Request-Origin", "eventgrid.azure.net"),
                ("WebHook-Request-Rate", "120")
            )
        )
        {
            Assert.Equal("", await TextAsync(origin, 200));
            Assert.Equal(
                ("eventgrid.azure.net", "120"),
                (origin.Headers.GetValues("WebHook-Allowed-Origin").Single(), origin.Headers.GetValues("WebHook-Allowed-Rate").Single())
            );
        }

        Assert.Equal(0, await DeliveriesAsync(source));
        using var delivery = await SendAsync(
            HttpMethod.Post,
            source,
            "?code=" + Secret,
            Json("""[{"id":"2","eventType":"Microsoft.Storage.BlobCreated"}]"""),
            ("aeg-event-type", "Notification")
        );
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
    public async Task Zoom_UrlValidation_IsHashed()
    {
        var source = await SourceAsync("zoom");
        const string Body = """{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}""";
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString();
        using var response = await SendAsync(
            HttpMethod.Post,
            source,
            "",
            Json(Body),
            ("x-zm-request-timestamp", time),
            ("x-zm-signature", "v0=" + Hex($"v0:{time}:{Body}"))
        );
        var answer = await ReadAsync(response, 200);
        Assert.Equal(
            ("qgg8vlvZRS6UYooatFL8Aw", Hex("qgg8vlvZRS6UYooatFL8Aw")),
            (answer.GetProperty("plainToken").GetString(), answer.GetProperty("encryptedToken").GetString())
        );
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

    private Task<TestSource> SourceAsync(string scheme) => AddSourceAsync($$"""  "signature":{"scheme":"{{scheme}}","secrets":["{{Secret}}"]}  """);

    private static string Hex(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));

    private static async Task<string> TextAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)response.StatusCode, $"{status} was expected, {(int)response.StatusCode} came: {text}");
        return text;
    }
}
