namespace Hub.Api.Tests.Workflows;

public sealed class SampleDeliveryTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Store_ReadingWhatDeliveriesDoNotHave_IsWarnedOfOnceThereAreDeliveries()
    {
        var source = await Hub.AddSourceAsync();
        var document = TestHub.Document("""[{ "id": "copy", "type": "set", "with": { "n": "{{ trigger.body.customer.nmae }}" } }]""", source);
        Assert.Empty(await WarningsAsync(document));
        await Hub.DeliverAsync(source, """{"customer":{"name":"Ada"}}""");
        Assert.Contains(await WarningsAsync(document), warning => warning.GetProperty("pointer").GetString() == "/steps/0/with/n");
        Assert.Empty(await WarningsAsync(document.Replace("nmae", "name", StringComparison.Ordinal)));
    }

    private async Task<List<JsonElement>> WarningsAsync(string document) =>
        [.. (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document)).GetProperty("warnings").EnumerateArray()];
}
