namespace Hub.Api.Tests.Workflows;

public sealed class SampleDeliveryTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Store_ReadingWhatDeliveriesDoNotHave_IsWarnedOfOnceThereAreDeliveries()
    {
        var source = await Hub.AddSourceAsync();
        Assert.Empty(await WarningsAsync(Reading("nmae", source)));
        await Hub.DeliverAsync(source, """{"customer":{"name":"Ada"}}""");
        Assert.Contains(await WarningsAsync(Reading("nmae", source)), warning => warning.GetProperty("pointer").GetString() == "/steps/0/with/n");
        Assert.Empty(await WarningsAsync(Reading("name", source)));
    }

    private static string Reading(string field, TestSource source) =>
        TestHub.Document($$$"""[{ "id": "copy", "type": "set", "with": { "n": "{{ trigger.body.customer.{{{field}}} }}" } }]""", source);

    private async Task<List<JsonElement>> WarningsAsync(string document) =>
        [.. (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document)).GetProperty("warnings").EnumerateArray()];
}
