namespace Hub.Api.Tests.Executions;

/// <summary>Lists name the Source that executions came from, and are asked by names, also of what was deleted.</summary>
public sealed class SourceOfExecutionTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Good = """[{"id":"a","type":"set"}]""";
    private const string Bad = """[{"id":"a","type":"stop","with":{"outcome":"failed","reason":"as told"}}]""";

    [Fact]
    public async Task List_OfASource_GivesWhatItsDeliveriesStarted()
    {
        var (source, other) = (await Hub.AddSourceAsync(), await Hub.AddSourceAsync());
        var workflow = await Hub.AddWorkflowAsync(Good, source);
        await Hub.AddWorkflowAsync(Good, other);
        var delivery = await Hub.DeliverAsync(source, """{"n":1}""");
        var started = Id(Assert.Single(await Hub.EndsOfDeliveryAsync(delivery)));
        await Hub.EndsOfDeliveryAsync(await Hub.DeliverAsync(other, """{"n":1}"""));
        var byHand = await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow));
        var replayed = (await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{delivery}/replay")).GetProperty("executions")[0];
        var again = replayed.ValueKind == JsonValueKind.String ? replayed.GetGuid() : replayed.GetProperty("executionId").GetGuid();
        await Hub.EndOfAsync(again);

        foreach (var named in new[] { source.Name, $"{source.Id}" })
        {
            var items = await ItemsAsync($"/api/v1/executions?source={named}");
            Assert.Equal([again, started], items.Select(Id));
            Assert.All(items, item => Assert.Equal((source.Id, source.Name), SourceOf(item)));
        }

        Assert.Equal((source.Id, source.Name), SourceOf(await Hub.ExecutionAsync(started)));
        Assert.Equal((null, null), SourceOf(byHand));
        Assert.Empty(await ItemsAsync($"/api/v1/executions?source={source.Name}&status=failed"));
        Assert.Equal([again, started], (await ItemsAsync($"/api/v1/executions?source={source.Name}&workflow={workflow}")).Select(Id));
        Assert.Equal([started], (await ItemsAsync($"/api/v1/executions?source={source.Name}&cursor={again}")).Select(Id));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("%00")]
    public async Task List_OfASourceThatNeverWas_Is400(string name)
    {
        await RefusedAsync(HttpMethod.Get, $"/api/v1/executions?source={name}", null, 400, "source_unknown");
        await RefusedAsync(HttpMethod.Get, "/api/v1/deliveries?source=nobody", null, 400, "source_unknown");
    }

    /// <summary>A name that was given anew means all that bore it.</summary>
    [Fact]
    public async Task List_OfASourceThatWasDeleted_IsFoundByItsName()
    {
        var name = $"orders {Guid.CreateVersion7()}";
        var asked = Uri.EscapeDataString(name);
        var (first, ofFirst) = await DeliverToANewSourceAsync(name);
        await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/sources/{first}");
        var item = Assert.Single(await ItemsAsync($"/api/v1/executions?source={asked}"));
        Assert.Equal((ofFirst, (first, name)), (item.GetProperty("deliveryId").GetGuid(), SourceOf(item)));
        Assert.Equal([ofFirst], (await ItemsAsync($"/api/v1/deliveries?source={asked}")).Select(Id));

        var (second, ofSecond) = await DeliverToANewSourceAsync(name);
        Assert.Equal([ofSecond, ofFirst], (await ItemsAsync($"/api/v1/deliveries?source={asked}")).Select(Id));
        Assert.Equal([ofSecond], (await ItemsAsync($"/api/v1/deliveries?source={asked}&limit=1")).Select(Id));
        Assert.Equal([ofFirst], (await ItemsAsync($"/api/v1/deliveries?source={asked}&cursor={ofSecond}")).Select(Id));
        Assert.Equal([ofSecond, ofFirst], (await ItemsAsync($"/api/v1/deliveries?source={asked}&text=n&outcome=completed")).Select(Id));
        Assert.Equal([ofSecond], (await ItemsAsync($"/api/v1/deliveries?source={second}")).Select(Id));
        Assert.Equal([second, first], (await ItemsAsync($"/api/v1/executions?source={asked}")).Select(each => SourceOf(each).Id!.Value));
    }

    [Fact]
    public async Task List_OfWorkflowsOfOneName_GivesThoseOfAll()
    {
        var name = $"named {Guid.CreateVersion7()}";
        var asked = Uri.EscapeDataString(name);
        var failed = new List<Guid>();
        for (var i = 0; i < 2; i++)
        {
            var workflow = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(Bad, name: name))).GetProperty("id").GetGuid();
            await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/activate");
            failed.Add(Id(await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow))));
            await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/deactivate");
            await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/workflows/{workflow}");
        }

        failed.Reverse();
        Assert.Equal(failed, (await ItemsAsync($"/api/v1/executions?workflow={asked}")).Select(Id));
        Assert.Equal(failed[..1], (await ItemsAsync($"/api/v1/executions?workflow={asked}&limit=1&status=failed")).Select(Id));
        Assert.Equal(failed[1..], (await ItemsAsync($"/api/v1/executions?workflow={asked}&cursor={failed[0]}")).Select(Id));
        var code = (await Hub.ExecutionAsync(failed[0])).GetProperty("error").GetProperty("code").GetString();
        Assert.Equal(failed, (await ItemsAsync($"/api/v1/executions?workflow={asked}&code={code}")).Select(Id));
        var letters = await ItemsAsync($"/api/v1/dead-letters?workflow={asked}&code={code}");
        Assert.Equal(failed, letters.Select(letter => letter.GetProperty("executionId").GetGuid()));
        Assert.All(letters, letter => Assert.Equal(name, letter.GetProperty("workflowName").GetString()));
    }

    /// <summary>Which Source it was is not known any more, and what is rare is found among what is not.</summary>
    [Fact]
    public async Task List_OfASourceAmongManyOthers_FindsWhatIsKept()
    {
        await using var hub = await TestHub.StartAsync();
        var source = await hub.AddSourceAsync();
        await hub.AddWorkflowAsync(Good, source);
        var gone = await hub.DeliverAsync(source, """{"n":1}""");
        var kept = await hub.DeliverAsync(source, """{"n":2}""");
        var ofGone = Id(Assert.Single(await hub.EndsOfDeliveryAsync(gone)));
        var ofKept = Id(Assert.Single(await hub.EndsOfDeliveryAsync(kept)));
        await hub.AskAsync(
            """
            INSERT INTO hub.executions (id, workflow_id, version, trigger, input, status, claim, created_at, finished_at)
            SELECT overlay($1::text placing lpad(to_hex(n), 12, '0') from 25)::uuid, $2, 1, 'manual', '{}', 'completed', 1, now(), now()
            FROM generate_series(1, 4500) n
            """,
            Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddMinutes(1)),
            Guid.CreateVersion7()
        );
        await hub.AskAsync("DELETE FROM hub.deliveries WHERE id = $1", gone);
        var page = await hub.SendAsync(HttpMethod.Get, $"/api/v1/executions?source={source.Name}");
        Assert.Equal([ofKept], page.GetProperty("items").EnumerateArray().Select(Id));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        Assert.Equal((null, null), SourceOf(await hub.ExecutionAsync(ofGone)));
    }

    private static Guid Id(JsonElement item) => item.GetProperty("id").GetGuid();

    private static (Guid? Id, string? Name) SourceOf(JsonElement item) =>
        (item.GetProperty("sourceId") is { ValueKind: JsonValueKind.String } id ? id.GetGuid() : null, item.GetProperty("sourceName").GetString());

    private async Task<List<JsonElement>> ItemsAsync(string address) =>
        [.. (await Hub.SendAsync(HttpMethod.Get, address)).GetProperty("items").EnumerateArray()];

    private async Task<(Guid Source, Guid Delivery)> DeliverToANewSourceAsync(string name)
    {
        var made = await Hub.SendAsync(HttpMethod.Post, "/api/v1/sources", $$"""{"name":"{{name}}","signature":{"scheme":"none"} }""");
        var source = new TestSource(Id(made), name, made.GetProperty("token").GetString()!);
        var workflow = await Hub.AddWorkflowAsync(Good, source);
        var delivery = await Hub.DeliverAsync(source, """{"n":1}""");
        await Hub.EndsOfDeliveryAsync(delivery);
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/deactivate");
        return (source.Id, delivery);
    }
}
