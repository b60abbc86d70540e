namespace Hub.Api.Tests.Webhooks;

/// <summary>Whatever is posted is kept as it is, and the executions it starts end and say why.</summary>
public sealed class HostileBodyTests(HubFixture fixture) : HubTest(fixture)
{
    /// <summary>What workflows do with a body: take it whole, take a part, put it into texts, decide by it, send it on.</summary>
    private static readonly string[] Readers =
    [
        """[{"id":"a","type":"set","with":{"whole":{"$path":"$.trigger.body"},"part":{"$path":"$.trigger.body.x"}}}]""",
        """[{"id":"a","type":"set","with":{"text":"<{{ trigger.body.x }}>","value":"{{ trigger.body }}"}}]""",
        """[{"id":"a","type":"if","when":{"path":"$.trigger.body.x","op":"equals","value":"last"}}]""",
        """[{"id":"a","type":"log","with":{"message":"{{ trigger.body.x }}"}}]""",
        """[{"id":"a","type":"http.request","with":{"url":"URL","body":{"$path":"$.trigger.body"}}}]""",
        """[{"id":"a","type":"http.request","with":{"url":"URL","headers":{"X-Part":"{{ trigger.body.x }}"},"body":"{{ trigger.body.x }}"}}]""",
    ];

    private static Task<TestSource>? _readers;

    public static TheoryData<string> Names => [.. HostileBodies.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Body_Hostile_IsKeptAndItsExecutionsEndClearly(string name)
    {
        var body = HostileBodies.All[name];
        var source = await (_readers ??= AddReadersAsync());
        var delivery = await Hub.DeliverAsync(source, body);
        Assert.Equal(body, await Hub.Api.GetByteArrayAsync($"/api/v1/deliveries/{delivery}/body", Cancel));
        await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}");
        var executions = await Hub.EndsOfDeliveryAsync(delivery);
        Assert.Equal(Readers.Length, executions.Count);
        foreach (var failed in executions.Where(execution => execution.Status() != "completed"))
        {
            var error = failed.GetProperty("error");
            Assert.True(
                failed.Status() == "failed" && error.GetProperty("code").GetString() is "bad_input" or "invalid_input" or "condition_failed",
                $"{name}: {failed}"
            );
        }

        await Hub.SendAsync(HttpMethod.Get, "/api/v1/dead-letters");
        var letter = await Hub.AskAsync("SELECT id FROM hub.dead_letters WHERE delivery_id = $1 LIMIT 1", delivery);
        if (letter is Guid id)
        {
            await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters/{id}");
        }
    }

    [Theory]
    [InlineData("plain text", "application/json", "\"hello, world\"")]
    [InlineData("empty", "application/json", "null")]
    [InlineData("half of a document", "application/json", "\"{\\u0022x\\u0022:\"")]
    [InlineData("byte order mark", "application/json", "{\"x\":1}")]
    [InlineData("null", "application/json", "null")]
    [InlineData("null", "text/plain", "\"null\"")]
    [InlineData("duplicate keys", "application/json", "{\"x\":\"last\"}")]
    public async Task Body_OfAnyKind_IsGivenToTheWorkflow(string name, string contentType, string expected)
    {
        var source = await Hub.AddSourceAsync();
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"got":{"$path":"$.trigger.body"}}}]""", source);
        var delivery = await Hub.DeliverAsync(source, HostileBodies.All[name], "", ("Content-Type", contentType));
        var got = Assert.Single(await Hub.EndsOfDeliveryAsync(delivery)).Step("a").GetProperty("output").GetProperty("got");
        Assert.True(
            JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, got) || (name == "duplicate keys" && got.GetProperty("x").GetString() == "last"),
            got.GetRawText()
        );
    }

    [Theory]
    [InlineData("?a=%00")]
    [InlineData("?a=%ff&b=%fe%fe")]
    [InlineData("?a=%ed%a0%80")]
    [InlineData("?=x&&&a")]
    [InlineData("?a=1&a=2&A=3")]
    [InlineData("?%00=%00")]
    [InlineData("?a=%zz&b=%")]
    [InlineData("?a=%22%5c%5cu0000")]
    public async Task Query_Odd_IsKeptAndReadable(string query)
    {
        var source = await Hub.AddSourceAsync();
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"query":{"$path":"$.trigger.query"}}}]""", source);
        var delivery = await Hub.DeliverAsync(source, "{}"u8.ToArray(), query);
        Assert.Equal(query, (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}")).GetProperty("query").GetString());
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(delivery));
        Assert.True(execution.Status() == "completed", execution.ToString());
    }

    [Theory]
    [InlineData("?a=x%20y&b=%E2%82%AC", """{"a":"x y","b":"€"}""")]
    [InlineData("?tag=a,b&tag=c", """{"tag":["a,b","c"]}""")]
    [InlineData("?ID=1&id=2", """{"ID":"1","id":"2"}""")]
    public async Task Query_Values_ReachTheWorkflow(string query, string expected)
    {
        var source = await Hub.AddSourceAsync();
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"query":{"$path":"$.trigger.query"}}}]""", source);
        var delivery = await Hub.DeliverAsync(source, "{}"u8.ToArray(), query);
        var output = Assert.Single(await Hub.EndsOfDeliveryAsync(delivery)).Step("a").GetProperty("output").GetProperty("query");
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, output), output.GetRawText());
    }

    [Fact]
    public async Task Headers_Large_AreKept()
    {
        var source = await Hub.AddSourceAsync();
        var value = new string('h', 30_000);
        var delivery = await Hub.DeliverAsync(source, "{}"u8.ToArray(), "", ("X-Large", value), ("Authorization", "Bearer of-the-sender"));
        var headers = (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}")).GetProperty("headers");
        Assert.Equal(value, headers.GetProperty("x-large").GetString());
        Assert.Equal("***", headers.GetProperty("authorization").GetString());
    }

    [Fact]
    public async Task Headers_TooLarge_Are431()
    {
        var source = await Hub.AddSourceAsync();
        using var response = await Hub.PostAsync(source, "{}"u8.ToArray(), "", ("X-Large", new string('h', 33_000)));
        Assert.Equal(431, (int)response.StatusCode);
    }

    /// <summary>One Source for all bodies, which starts every reader.</summary>
    private async Task<TestSource> AddReadersAsync()
    {
        var source = await Hub.AddSourceAsync();
        foreach (var steps in Readers)
        {
            await Hub.AddWorkflowAsync(steps.Replace("URL", StandIn.At("/hostile"), StringComparison.Ordinal), source);
        }

        return source;
    }
}
