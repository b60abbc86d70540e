namespace Hub.Api.Tests.Webhooks;

/// <summary>JSON is JSON whatever its type says, for everything that reads a body, unless the Source takes bodies as text.</summary>
public sealed class BodyReadingTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Signature = "\"signature\":{\"scheme\":\"none\"},\"dedupe\":\"body:/id\"";
    private const string Steps = """
        [{ "id": "vip", "type": "if", "when": { "path": "$.trigger.body.customer", "op": "equals", "value": "vip" } },
         { "id": "copy", "type": "set", "after": ["vip.true"], "with": { "id": "{{ trigger.body.id }}" } }]
        """;

    [Theory]
    [InlineData("text/plain; charset=UTF-8")]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    public async Task Json_UnderATextType_IsReadByFilterBranchTemplateAndDedupe(string type)
    {
        var source = await AddSourceAsync(Signature);
        await ActivateAsync(source, """{ "path": "$.trigger.body.customer", "op": "exists" }""");
        var id = await PostAsync(source, """{"id":17,"customer":"vip"}""", type);
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(id));
        Assert.Equal(17, execution.Step("copy").GetProperty("output").GetProperty("id").GetInt32());
        Assert.Equal(id, await PostAsync(source, """{"id": 17, "customer": "vip", "again": true}""", type));
        Assert.Equal("auto", (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}")).GetProperty("bodyAs").GetString());
        var filtered = await PostAsync(source, """{"id":18}""", type);
        Assert.Equal("filtered", (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{filtered}")).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Json_OfASourceThatTakesText_IsText()
    {
        var source = await AddSourceAsync(Signature + ",\"bodyAs\":\"text\"");
        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}");
        Assert.Equal("text", shown.GetProperty("bodyAs").GetString());
        await ActivateAsync(
            source,
            """{ "path": "$.trigger.body", "op": "equals", "value": "{\"id\":17}" }""",
            """[{ "id": "copy", "type": "set", "with": { "all": "{{ trigger.body }}" } }]"""
        );
        var id = await PostAsync(source, """{"id":17}""", "application/json");
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(id));
        Assert.Equal("""{"id":17}""", execution.Step("copy").GetProperty("output").GetProperty("all").GetString());
        var view = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{id}");
        Assert.Equal(("text", "17"), (view.GetProperty("bodyAs").GetString(), view.GetProperty("dedupeKey").GetString()));

        // What was kept as text stays text, whatever the Source says later.
        await Hub.SendAsync(HttpMethod.Put, $"/api/v1/sources/{source.Id}", $$"""{"name":"{{source.Name}}",{{Signature}}}""");
        Assert.Equal("auto", (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}")).GetProperty("bodyAs").GetString());
        var replay = await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{id}/replay");
        Assert.Single(replay.GetProperty("executions").EnumerateArray());
    }

    [Fact]
    public async Task BodyAs_OfNoKnownKind_IsRefused()
    {
        var problem = await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/sources",
            """{"name":"x","signature":{"scheme":"none"},"bodyAs":"json"}""",
            400,
            "source_invalid"
        );
        Assert.Equal("/bodyAs", Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString());
    }

    private async Task ActivateAsync(TestSource source, string filter, string steps = Steps)
    {
        var document = TestHub
            .Document(steps, source)
            .Replace($"\"source\": \"{source.Name}\"", $"\"source\": \"{source.Name}\", \"filter\": {filter}", StringComparison.Ordinal);
        var id = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document)).GetProperty("id").GetGuid();
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{id}/activate");
    }

    private async Task<Guid> PostAsync(TestSource source, string body, string type)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        using var response = await SendAsync(HttpMethod.Post, source, "", content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        return (await ReadAsync(response, (int)response.StatusCode)).GetProperty("deliveryId").GetGuid();
    }
}
