using System.Text.Json.Nodes;

namespace Hub.Api.Tests.Deliveries;

public sealed class DeliveryListTests(HubFixture fixture) : HubTest(fixture)
{
    private const string OneLog = """[{ "id": "say", "type": "log", "with": { "message": "hello" } }]""";

    [Fact]
    public async Task List_OfASource_TellsVerdictsOutcomesAndWhatStarted()
    {
        var source = await Hub.AddSourceAsync(dedupe: "header:X-Id");
        var unrouted = await Hub.DeliverAsync(source, "{}"u8.ToArray(), headers: [("X-Id", "1")]);
        var workflow = await Hub.AddWorkflowAsync(OneLog, source);
        var completed = await Hub.DeliverAsync(source, """{"n":2}"""u8.ToArray(), headers: [("X-Id", "2")]);
        await Hub.DeliverAsync(source, """{"n":2}"""u8.ToArray(), headers: [("X-Id", "2")]);
        await Hub.EndsOfDeliveryAsync(completed);

        var items = (await ListAsync($"source={source.Id}")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            ["duplicate ", "accepted completed", "accepted unrouted"],
            items.Select(item => $"{item.GetProperty("verdict").GetString()} {item.GetProperty("outcome").GetString()}")
        );
        Assert.Equal(completed, items[0].GetProperty("firstId").GetGuid());
        Assert.Equal(workflow, items[1].GetProperty("executions")[0].GetProperty("workflowId").GetGuid());
        Assert.Equal((unrouted, "1"), (items[2].GetProperty("id").GetGuid(), items[2].GetProperty("dedupeKey").GetString()));
        Assert.Equal([completed, unrouted], await IdsAsync($"source={source.Name}&verdict=accepted"));
        Assert.Equal([completed], await IdsAsync($"source={source.Name}&text=%22n%22"));
        Assert.Equal([unrouted], await IdsAsync($"source={source.Name}&key=1"));
        Assert.All(items, item => Assert.Equal(source.Name, item.GetProperty("sourceName").GetString()));
        Assert.StartsWith("Test ", items[1].GetProperty("executions")[0].GetProperty("workflowName").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByOutcome_GivesThoseThatShowIt()
    {
        var source = await Hub.AddSourceAsync(dedupe: "header:X-Id");
        await Hub.DeliverAsync(source, "{}"u8.ToArray(), headers: [("X-Id", "1")]);
        var document = JsonNode.Parse(
            TestHub.Document(
                """
                [{ "id": "way", "type": "switch", "cases": [ { "port": "fail", "when": { "path": "$.trigger.body.do", "op": "equals", "value": "failed" } },
                                                             { "port": "wait", "when": { "path": "$.trigger.body.do", "op": "in",
                                                               "value": ["in_progress", "cancelled"] } } ] },
                 { "id": "fail", "type": "stop", "after": ["way.fail"], "with": { "outcome": "failed", "reason": "as told" } },
                 { "id": "wait", "type": "delay", "after": ["way.wait"], "with": { "for": "1h" } }]
                """,
                source
            )
        )!;
        document["trigger"]!["filter"] = JsonNode.Parse("""{ "path": "$.trigger.body.do", "op": "not_equals", "value": "filtered" }""");
        var workflow = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document.ToJsonString())).GetProperty("id").GetGuid();
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/activate");
        var sent = new Dictionary<string, Guid>();
        foreach (var outcome in (string[])["filtered", "in_progress", "completed", "failed", "cancelled"])
        {
            sent[outcome] = await Hub.DeliverAsync(source, Encoding.UTF8.GetBytes($$"""{"do":"{{outcome}}"}"""), headers: [("X-Id", outcome)]);
        }

        await Hub.EndsOfDeliveryAsync(sent["completed"]);
        await Hub.EndsOfDeliveryAsync(sent["failed"]);
        var started = (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{sent["cancelled"]}")).GetProperty("executions")[0].GetProperty("id").GetGuid();
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{started}/cancel");
        foreach (var item in (await ListAsync($"source={source.Id}")).GetProperty("items").EnumerateArray())
        {
            var outcome = item.GetProperty("outcome").GetString()!;
            Assert.Equal([item.GetProperty("id").GetGuid()], await IdsAsync($"source={source.Id}&outcome={outcome}"));
            Assert.Equal(outcome == "unrouted" ? item.GetProperty("id").GetGuid() : sent[outcome], item.GetProperty("id").GetGuid());
        }

        var decision = Assert.Single((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{sent["filtered"]}")).GetProperty("decisions").EnumerateArray());
        Assert.Equal(
            (workflow, document["name"]!.GetValue<string>()),
            (decision.GetProperty("workflowId").GetGuid(), decision.GetProperty("workflowName").GetString())
        );
    }

    [Fact]
    public async Task Get_Delivery_NamesItsRepetitions()
    {
        var source = await Hub.AddSourceAsync(dedupe: "header:X-Id");
        var first = await Hub.DeliverAsync(source, "{}"u8.ToArray(), headers: [("X-Id", "1")]);
        await Hub.DeliverAsync(source, "{}"u8.ToArray(), headers: [("X-Id", "1")]);
        var detail = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{first}");
        var repetition = Assert.Single(detail.GetProperty("duplicates").EnumerateArray()).GetProperty("id").GetGuid();
        var repeated = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{repetition}");
        Assert.Equal(("duplicate", first), (repeated.GetProperty("verdict").GetString(), repeated.GetProperty("firstId").GetGuid()));
    }

    [Theory]
    [InlineData("verdict=good", "verdict_unknown")]
    [InlineData("source=nobody", "source_unknown")]
    [InlineData("outcome=good", "outcome_unknown")]
    [InlineData("text=", "text_invalid")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "span_invalid")]
    public async Task List_AskedForNonsense_SaysSo(string query, string code) =>
        await RefusedAsync(HttpMethod.Get, $"/api/v1/deliveries?{query}", null, 400, code);

    [Fact]
    public async Task Export_MoreThanTheLimit_EndsWithWhereToGoOn()
    {
        var source = await Hub.AddSourceAsync();
        var sent = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            sent.Add(await Hub.DeliverAsync(source, [(byte)i, 255]));
        }

        sent.Sort();
        sent.Reverse();
        var lines = await ExportAsync($"source={source.Id}&limit=3");
        Assert.Equal(sent.Take(3), lines.Take(3).Select(line => line.GetProperty("id").GetGuid()));
        var rest = await ExportAsync($"source={source.Id}&cursor={lines[^1].GetProperty("next").GetGuid()}");
        Assert.Equal(sent.Skip(3), rest.Select(line => line.GetProperty("id").GetGuid()));
        Assert.All(lines.Take(3).Concat(rest), line => Assert.Equal(255, line.GetProperty("bodyBase64").GetBytesFromBase64()[1]));
    }

    private Task<JsonElement> ListAsync(string query) => Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries?{query}");

    private async Task<Guid[]> IdsAsync(string query) =>
        [.. (await ListAsync(query)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private async Task<List<JsonElement>> ExportAsync(string query)
    {
        var text = await Hub.Api.GetStringAsync($"/api/v1/deliveries/export?{query}", Cancel);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
