namespace Hub.Api.Tests.Webhooks;

/// <summary>What GitHub, Linear, Shopify, Slack and Stripe really send comes through unchanged.</summary>
public sealed class RealPayloadTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Payloads_Real_ArriveByteForByteAndGoOnAsEqualJson()
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        var root = ConformanceData.PathTo("payloads");
        var source = await Hub.AddSourceAsync(bodyLimit: 25 << 20);
        await Hub.AddWorkflowAsync(
            """
            [{"id":"call","type":"http.request","with":{"url":"URL","body":{"$path":"$.trigger.body"},"headers":{"X-Delivery":"{{ trigger.deliveryId }}"}}}]
            """.Replace("URL", StandIn.At("/real"), StringComparison.Ordinal),
            source
        );
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories))
        {
            sent.Add((await Hub.DeliverAsync(source, await File.ReadAllBytesAsync(file, Cancel))).ToString(), file);
        }

        Assert.True(sent.Count > 20, $"only {sent.Count} payloads were found");
        var received = await StandIn.WaitForAsync("/real", sent.Count, Cancel);
        Assert.Equal(sent.Count, received.Count);
        foreach (var request in received)
        {
            var delivery = request.Header("X-Delivery")!;
            var file = sent[delivery];
            var original = await File.ReadAllBytesAsync(file, Cancel);
            var kept = await Hub.Api.GetByteArrayAsync($"/api/v1/deliveries/{delivery}/body", Cancel);
            Assert.True(original.AsSpan().SequenceEqual(kept), file);
            Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(original).RootElement, request.Json), file);
            Assert.Equal("completed", Assert.Single(await Hub.EndsOfDeliveryAsync(Guid.Parse(delivery))).Status());
        }
    }
}
