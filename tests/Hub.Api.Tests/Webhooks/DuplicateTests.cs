namespace Hub.Api.Tests.Webhooks;

public sealed class DuplicateTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Steps = """[{"id":"a","type":"set"}]""";
    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task Delivery_Repeated_Is200WithTheFirstId()
    {
        var source = await Hub.AddSourceAsync(dedupe: "header:X-Id");
        var workflow = await Hub.AddWorkflowAsync(Steps, source);
        var first = await Hub.DeliverAsync(source, Body, "", ("X-Id", "one"));
        using var response = await Hub.PostAsync(source, """{"other":"body"}"""u8.ToArray(), "", ("X-Id", "one"));
        Assert.Equal(200, (int)response.StatusCode);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal(first, answer.GetProperty("deliveryId").GetGuid());
        Assert.True(answer.GetProperty("duplicate").GetBoolean());
        Assert.NotEqual(first, await Hub.DeliverAsync(source, Body, "", ("X-Id", "two")));
        Assert.Equal(2L, await ExecutionsAsync(workflow));
    }

    [Fact]
    public async Task Delivery_ManyIdenticalAtOnce_StartOneExecution()
    {
        var source = await Hub.AddSourceAsync(dedupe: "header:X-Id");
        var workflow = await Hub.AddWorkflowAsync(Steps, source);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(async i =>
                {
                    using var response = await Hub.PostAsync(source, Body, "", ("X-Id", $"key-{i % 3}"));
                    var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
                    return (Key: i % 3, Status: (int)response.StatusCode, Id: answer.GetProperty("deliveryId").GetGuid());
                })
        );
        Assert.All(answers.GroupBy(answer => answer.Key), same =>
        {
            Assert.Single(same, answer => answer.Status == 202);
            Assert.Equal(19, same.Count(answer => answer.Status == 200));
            Assert.Single(same.Select(answer => answer.Id).Distinct());
        });
        Assert.Equal(3L, await ExecutionsAsync(workflow));
        Assert.Equal(3L, await Hub.AskAsync("SELECT count(*) FROM hub.deliveries WHERE source_id = $1", source.Id));
    }

    /// <summary>A batch that shares the element that the key names with another one is not lost.</summary>
    [Theory]
    [InlineData("body:/events/0/id")]
    [InlineData("body:/events/1/id")]
    [InlineData("jsonpath:$.events[-1].id")]
    public async Task Delivery_OfABatchThatSharesElements_IsADuplicateOnlyWhenAllAreTheSame(string dedupe)
    {
        var source = await Hub.AddSourceAsync(dedupe: dedupe);
        var first = await Hub.DeliverAsync(source, """{"events":[{"id":1},{"id":2}]}"""u8.ToArray());
        var others = new[]
        {
            await Hub.DeliverAsync(source, """{"events":[{"id":1},{"id":3}]}"""u8.ToArray()),
            await Hub.DeliverAsync(source, """{"events":[{"id":3},{"id":2}]}"""u8.ToArray()),
        };
        Assert.Equal(3, others.Append(first).Distinct().Count());
        using var response = await Hub.PostAsync(source, """{"again":true,"events":[{"id":1},{"id":2}]}"""u8.ToArray(), "");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(first, JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("deliveryId").GetGuid());
    }

    [Fact]
    public async Task Delivery_SameKeyAtAnotherSource_IsNoDuplicate()
    {
        var sources = new[] { await Hub.AddSourceAsync(dedupe: "header:X-Id"), await Hub.AddSourceAsync(dedupe: "header:X-Id") };
        var ids = await Task.WhenAll(sources.Select(source => Hub.DeliverAsync(source, Body, "", ("X-Id", "same"))));
        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public async Task Delivery_WithoutKey_IsNeverADuplicate()
    {
        var source = await Hub.AddSourceAsync(dedupe: "header:X-Id");
        Assert.NotEqual(await Hub.DeliverAsync(source, Body), await Hub.DeliverAsync(source, Body));
    }

    [Fact]
    public async Task Delivery_VeryLongKey_IsKeptAndKnownAgain()
    {
        var source = await Hub.AddSourceAsync(dedupe: "header:X-Id");
        var key = string.Concat(Enumerable.Range(0, 5000).Select(i => i.ToString("x")));
        var first = await Hub.DeliverAsync(source, Body, "", ("X-Id", key));
        Assert.Equal(first, await Hub.DeliverAsync(source, Body, "", ("X-Id", key)));
        Assert.NotEqual(first, await Hub.DeliverAsync(source, Body, "", ("X-Id", key[..^1])));
    }

    private Task<object?> ExecutionsAsync(Guid workflow) => Hub.AskAsync("SELECT count(*) FROM hub.executions WHERE workflow_id = $1", workflow);
}
