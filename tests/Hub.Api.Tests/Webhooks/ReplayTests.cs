using System.Security.Cryptography;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Whoever has seen a signed request sends it again, with everything changed that is not signed.</summary>
public sealed class ReplayTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "9hR2xkVh3qT7wLmZ";
    private const string Steps = """[{"id":"a","type":"set","with":{"id":"{{ trigger.body.id }}","all":{"$path":"$.trigger.body"}}}]""";

    [Theory]
    [InlineData("github", "X-Hub-Signature-256", "X-GitHub-Delivery", "provider")]
    [InlineData("github", "X-Hub-Signature-256", "X-GitHub-Delivery", "header:X-GitHub-Delivery")]
    [InlineData("gitea", "X-Gitea-Signature", "X-Gitea-Delivery", "provider")]
    [InlineData("bitbucket", "X-Hub-Signature", "X-Request-UUID", "provider")]
    [InlineData("shopify", "X-Shopify-Hmac-SHA256", "X-Shopify-Webhook-Id", "provider")]
    [InlineData("woocommerce", "X-WC-Webhook-Signature", "X-WC-Webhook-Delivery-ID", "provider")]
    [InlineData("sentry", "Sentry-Hook-Signature", "Request-ID", "provider")]
    public async Task SignedBody_UnderAnotherIdOrNone_DoesNotRunAgain(string scheme, string header, string id, string dedupe)
    {
        var source = await SourceAsync(scheme, $$""","dedupe":"{{dedupe}}" """);
        var workflow = await Hub.AddWorkflowAsync(Steps, source);
        var (body, other) = ("""{"id":1}"""u8.ToArray(), """{"id":2}"""u8.ToArray());
        var first = await Hub.DeliverAsync(source, body, "", (header, Sign(scheme, body)), (id, "one"));
        Assert.Equal(first, await Hub.DeliverAsync(source, body, "", (header, Sign(scheme, body)), (id, "one")));
        Assert.Equal(first, await Hub.DeliverAsync(source, body, "?a=b", (header, Sign(scheme, body)), (id, "two")));
        Assert.Equal(first, await Hub.DeliverAsync(source, body, "", (header, Sign(scheme, body))));

        // The id that the replay came under still belongs to whom it belongs.
        Assert.NotEqual(first, await Hub.DeliverAsync(source, other, "", (header, Sign(scheme, other)), (id, "two")));
        Assert.Equal(2L, await Hub.AskAsync("SELECT count(*) FROM hub.executions WHERE workflow_id = $1", workflow));
        Assert.Equal(3L, await Hub.AskAsync("SELECT count(*) FROM hub.duplicates WHERE source_id = $1 AND first_id = $2", source.Id, first));
    }

    [Fact]
    public async Task HeaderAlone_SameBodyUnderTwoIds_AreTwo()
    {
        var source = await SourceAsync("github", ",\"dedupe\":\"header-alone:X-GitHub-Delivery\"");
        var signature = ("X-Hub-Signature-256", Sign("github", "{}"u8));
        var first = await Hub.DeliverAsync(source, "{}"u8.ToArray(), "", signature, ("X-GitHub-Delivery", "one"));
        Assert.NotEqual(first, await Hub.DeliverAsync(source, "{}"u8.ToArray(), "", signature, ("X-GitHub-Delivery", "two")));
        Assert.Equal(first, await Hub.DeliverAsync(source, "{}"u8.ToArray(), "", signature, ("X-GitHub-Delivery", "one")));
    }

    [Fact]
    public async Task Mailgun_OtherEventUnderACapturedSignature_DoesNotRunThoughNobodyAskedForDedupe()
    {
        var source = await SourceAsync("mailgun", ",\"dedupeWindow\":\"1m\"");
        Assert.Equal("provider", (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}")).GetProperty("dedupe").GetString());
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{time}token-1")));
        foreach (var kind in new[] { "opened", "unsubscribed" })
        {
            using var response = await Hub.PostAsync(source, Encoding.UTF8.GetBytes(Event(kind)));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        using (
            var form = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["timestamp"] = $"{time}",
                    ["token"] = "token-1",
                    ["signature"] = signature,
                    ["subject"] = "other",
                }
            )
        )
        using (var response = await SendAsync(HttpMethod.Post, source, "", form))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(1, await DeliveriesAsync(source));

        // As long as the signature holds, whatever the window.
        Assert.InRange(
            (double)
                (await Hub.AskAsync("SELECT extract(epoch FROM expires_at - now())::float8 / 3600 FROM hub.delivery_keys WHERE source_id = $1", source.Id))!,
            17.9,
            18
        );

        string Event(string kind) =>
            $$"""
                { "signature": { "timestamp": "{{time}}", "token": "token-1", "signature": "{{signature}}" },
                  "event-data": { "event": "{{kind}}", "id": "{{kind}}" } }
                """;
    }

    [Fact]
    public async Task Adyen_UnsignedFieldChanged_DoesNotRunAgain()
    {
        const string Body = """
            {"live":"false","notificationItems":[{"NotificationRequestItem":{"additionalData":{"hmacSignature":"coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="},
            "amount":{"value":1130,"currency":"EUR"},"pspReference":"7914073381342284","eventCode":"AUTHORISATION","merchantAccountCode":"TestMerchant",
            "merchantReference":"TestPayment-1407325143704","paymentMethod":"visa","success":"true"}}]}
            """;
        var source = await AddSourceAsync(
            """  "signature":{"scheme":"adyen","secrets":["44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"]}  """
        );
        foreach (var body in new[] { Body, Body.Replace("visa", "mc", StringComparison.Ordinal) })
        {
            using var response = await Hub.PostAsync(source, Encoding.UTF8.GetBytes(body));
            Assert.Equal("[accepted]", await response.Content.ReadAsStringAsync(Cancel));
        }

        Assert.Equal(1, await DeliveriesAsync(source));
        Assert.Equal(1L, await Hub.AskAsync("SELECT count(*) FROM hub.duplicates WHERE source_id = $1", source.Id));
    }

    [Fact]
    public async Task RepeatedName_MeansTheSameToDedupeFilterAndWorkflow()
    {
        var source = await Hub.AddSourceAsync(dedupe: "body:/id");
        var wanting = await WorkflowAsync(source, 2);
        var other = await WorkflowAsync(source, 1);
        var first = await Hub.DeliverAsync(source, """{"id":1,"n":[{"a":1,"\u0061":2}],"id":2}""");
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(first));
        Assert.Equal(wanting, execution.GetProperty("workflowId").GetGuid());
        var output = execution.Step("a").GetProperty("output");
        Assert.Equal("""{"n":[{"\u0061":2}],"id":2}""", output.GetProperty("all").GetRawText());
        Assert.Equal(2, output.GetProperty("id").GetInt32());
        Assert.Equal(first, await Hub.DeliverAsync(source, """{"id":2}"""));
        Assert.Equal(other, Assert.Single(await Hub.EndsOfDeliveryAsync(await Hub.DeliverAsync(source, """{"id":1}"""))).GetProperty("workflowId").GetGuid());
    }

    private async Task<Guid> WorkflowAsync(TestSource source, int id)
    {
        var document = TestHub
            .Document(Steps, source, name: $"Wants {id} of {source.Name}")
            .Replace(
                "\"type\": \"webhook\",",
                $$"""
                "type": "webhook", "filter": { "path": "$.trigger.body.id", "op": "equals", "value": {{id}} },
                """,
                StringComparison.Ordinal
            );
        var workflow = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document)).GetProperty("id").GetGuid();
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/activate");
        return workflow;
    }

    private Task<TestSource> SourceAsync(string scheme, string settings) =>
        AddSourceAsync("\"signature\":{\"scheme\":\"" + scheme + "\",\"secrets\":[\"" + Secret + "\"]}" + settings);

    private static string Sign(string scheme, ReadOnlySpan<byte> body)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body);
        return scheme switch
        {
            "shopify" or "woocommerce" => Convert.ToBase64String(hash),
            "github" or "bitbucket" => "sha256=" + Convert.ToHexStringLower(hash),
            _ => Convert.ToHexStringLower(hash),
        };
    }
}
