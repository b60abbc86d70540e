namespace Hub.Api.Tests.Deliveries;

public sealed class DeliveryReplayTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Echo = """[{ "id": "copy", "type": "set", "with": { "n": "{{ trigger.body.n }}" } }]""";

    [Fact]
    public async Task Replay_ToItsSource_RunsEveryActiveWorkflowOnTheSameBytes()
    {
        var source = await Hub.AddSourceAsync();
        var delivery = await Hub.DeliverAsync(source, """{"n":7}""");
        var workflow = await Hub.AddWorkflowAsync(Echo, source);

        var started = await ReplayAsync($"/api/v1/deliveries/{delivery}/replay", null);

        var execution = await Hub.EndOfAsync(started.GetProperty("executions")[0].GetGuid());
        Assert.Equal((workflow, delivery), (execution.GetProperty("workflowId").GetGuid(), execution.GetProperty("deliveryId").GetGuid()));
        Assert.Equal(7, execution.Step("copy").GetProperty("output").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Replay_ToAWorkflowOfAnother_RunsThatOne()
    {
        var delivery = await Hub.DeliverAsync(await Hub.AddSourceAsync(), """{"n":8}""");
        var workflow = await Hub.AddWorkflowAsync(Echo);
        var started = await ReplayAsync($"/api/v1/deliveries/{delivery}/replay", $$"""{"workflowId":"{{workflow}}"}""");
        var execution = await Hub.EndOfAsync(started.GetProperty("executions")[0].GetGuid());
        Assert.Equal(8, execution.Step("copy").GetProperty("output").GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Replay_ToItsSource_AsksTheFiltersAgain()
    {
        var source = await Hub.AddSourceAsync();
        var document = TestHub
            .Document(Echo, source)
            .Replace(
                $"\"source\": \"{source.Name}\"",
                $"\"source\": \"{source.Name}\", \"filter\": {{ \"path\": \"$.trigger.body.n\", \"op\": \"equals\", \"value\": 1 }}",
                StringComparison.Ordinal
            );
        var workflow = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document)).GetProperty("id").GetGuid();
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/activate");
        var delivery = await Hub.DeliverAsync(source, """{"n":2}""");
        await RefusedAsync(HttpMethod.Post, $"/api/v1/deliveries/{delivery}/replay", null, 409, "nothing_to_start");
        Assert.Equal(
            1,
            (await ReplayAsync($"/api/v1/deliveries/{delivery}/replay", $$"""{"workflowId":"{{workflow}}"}""")).GetProperty("executions").GetArrayLength()
        );
    }

    [Fact]
    public async Task Replay_Many_ByFilterAndByIds()
    {
        var source = await Hub.AddSourceAsync();
        for (var i = 0; i < 5; i++)
        {
            await Hub.DeliverAsync(source, $$"""{"n":{{i}}, "kind":"{{(i % 2 == 0 ? "even" : "odd")}}"}""");
        }

        var workflow = await Hub.AddWorkflowAsync(Echo);
        var some = await ReplayAsync(
            "/api/v1/deliveries/replay",
            $$"""{"filter":{"source":"{{source.Name}}","text":"even"},"limit":2,"workflowId":"{{workflow}}"}"""
        );
        Assert.Equal(2, some.GetProperty("replayed").GetArrayLength());
        var rest = await ReplayAsync(
            "/api/v1/deliveries/replay",
            $$"""{"filter":{"source":"{{source.Name}}","text":"even","cursor":"{{some.GetProperty("next").GetGuid()}}"},"workflowId":"{{workflow}}"}"""
        );
        var last = Assert.Single(rest.GetProperty("replayed").EnumerateArray()).GetProperty("deliveryId").GetGuid();
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);

        var unknown = Guid.CreateVersion7();
        var named = await ReplayAsync("/api/v1/deliveries/replay", $$"""{"ids":["{{last}}","{{unknown}}"],"workflowId":"{{workflow}}"}""");
        Assert.Equal(last, Assert.Single(named.GetProperty("replayed").EnumerateArray()).GetProperty("deliveryId").GetGuid());
        var failed = Assert.Single(named.GetProperty("failed").EnumerateArray());
        Assert.Equal((unknown, "not_found"), (failed.GetProperty("deliveryId").GetGuid(), failed.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Replay_OfNothingToNobody_SaysWhy()
    {
        var delivery = await Hub.DeliverAsync(await Hub.AddSourceAsync(), "{}");
        await RefusedAsync(HttpMethod.Post, $"/api/v1/deliveries/{delivery}/replay", null, 409, "nothing_to_start");
        await RefusedAsync(HttpMethod.Post, $"/api/v1/deliveries/{delivery}/replay", $$"""{"workflowId":"{{Guid.CreateVersion7()}}"}""", 404, "not_found");
        await RefusedAsync(HttpMethod.Post, $"/api/v1/deliveries/{Guid.CreateVersion7()}/replay", null, 404, "not_found");
        await RefusedAsync(HttpMethod.Post, "/api/v1/deliveries/replay", "{}", 400, "request_invalid");
    }

    private Task<JsonElement> ReplayAsync(string path, string? request) => Hub.SendAsync(HttpMethod.Post, path, request);
}
