namespace Hub.Api.Tests.Webhooks;

public sealed class TriggerFilterTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Filter_ThatDoesNotHold_StartsNothingAndSaysWhy()
    {
        var source = await AddAsync("\"filter\": { \"path\": \"$.trigger.body.amount\", \"op\": \"greater_than\", \"value\": 100 }");
        var small = await Hub.DeliverAsync(source, """{"amount":99}""");
        var large = await Hub.DeliverAsync(source, """{"amount":101}""");

        Assert.Single(await Hub.EndsOfDeliveryAsync(large));
        var view = await ViewAsync(small);
        Assert.Equal("filtered", view.GetProperty("outcome").GetString());
        var why = view.GetProperty("decisions")[0].GetProperty("why");
        Assert.Equal("filtered_out", why.GetProperty("outcome").GetString());
        Assert.Contains("99", why.GetProperty("filter").ToString(), StringComparison.Ordinal);
        Assert.Equal("accepted", (await ViewAsync(large)).GetProperty("decisions")[0].GetProperty("why").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Filter_ThatCannotBeDecided_StartsNothingAndSaysWhy()
    {
        var source = await AddAsync("\"filter\": { \"path\": \"$.trigger.body.n\", \"op\": \"equals\", \"value\": \"{{ 1 / trigger.body.zero }}\" }");
        var view = await ViewAsync(await Hub.DeliverAsync(source, """{"n":1,"zero":0}"""));
        Assert.Equal("filtered", view.GetProperty("outcome").GetString());
        var why = view.GetProperty("decisions")[0].GetProperty("why");
        Assert.Equal("undecided", why.GetProperty("outcome").GetString());
        Assert.NotEmpty(why.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task Schema_NotFulfilled_NamesThePlaceInTheDelivery()
    {
        var source = await AddAsync("\"schema\": { \"type\": \"object\", \"required\": [\"id\"], \"properties\": { \"id\": { \"type\": \"integer\" } } }");
        var view = await ViewAsync(await Hub.DeliverAsync(source, """{"id":"seventeen"}"""));
        var error = view.GetProperty("decisions")[0].GetProperty("why").GetProperty("schema")[0];
        Assert.Equal(("/id", "type"), (error.GetProperty("pointer").GetString(), error.GetProperty("keyword").GetString()));
        Assert.Single(await Hub.EndsOfDeliveryAsync(await Hub.DeliverAsync(source, """{"id":17}""")));
    }

    [Fact]
    public async Task Filters_OfSeveralWorkflows_DecideEachForItself()
    {
        var source = await AddAsync("\"filter\": { \"path\": \"$.trigger.body.kind\", \"op\": \"equals\", \"value\": \"a\" }");
        var plain = await Hub.AddWorkflowAsync("""[{ "id": "say", "type": "log", "with": { "message": "b" } }]""", source);
        var delivery = await Hub.DeliverAsync(source, """{"kind":"b"}""");
        Assert.Equal(plain, Assert.Single(await Hub.EndsOfDeliveryAsync(delivery)).GetProperty("workflowId").GetGuid());
        Assert.Equal("completed", (await ViewAsync(delivery)).GetProperty("outcome").GetString());
    }

    private Task<JsonElement> ViewAsync(Guid delivery) => Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}");

    /// <summary>A Source with one active workflow whose trigger has these properties.</summary>
    private async Task<TestSource> AddAsync(string trigger)
    {
        var source = await Hub.AddSourceAsync();
        var document = TestHub
            .Document("""[{ "id": "say", "type": "log", "with": { "message": "hello" } }]""", source)
            .Replace($"\"source\": \"{source.Name}\"", $"\"source\": \"{source.Name}\", {trigger}", StringComparison.Ordinal);
        var id = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document)).GetProperty("id").GetGuid();
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{id}/activate");
        return source;
    }
}
