namespace Hub.Api.Tests.Workflows;

public sealed class IdempotencyTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Steps = """[{ "id": "copy", "type": "set", "with": { "n": "{{ trigger.body.n }}" } }]""";

    [Fact]
    public async Task Execute_SameKeyAndInputManyTimesAtOnce_StartsOneExecution()
    {
        var workflow = await Hub.AddWorkflowAsync(Steps);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ExecuteAsync(workflow, """{"n":1}""", "order-17")));
        Assert.Single(answers, answer => answer.Status == 202);
        Assert.Equal(19, answers.Count(answer => answer.Status == 200));
        var execution = Assert.Single(answers.Select(answer => answer.Body.GetProperty("executionId").GetGuid()).Distinct());
        Assert.Equal(1, (await Hub.EndOfAsync(execution)).Step("copy").GetProperty("output").GetProperty("n").GetInt32());
        Assert.Equal(1L, await Hub.AskAsync("SELECT count(*) FROM hub.executions WHERE workflow_id = $1", workflow));
    }

    [Fact]
    public async Task Execute_SameKeyForAnotherWorkflow_StartsThatOneToo()
    {
        var (one, other) = (await Hub.AddWorkflowAsync(Steps), await Hub.AddWorkflowAsync(Steps));
        Assert.Equal(202, (await ExecuteAsync(one, "{}", "k")).Status);
        Assert.Equal(202, (await ExecuteAsync(other, "{}", "k")).Status);
    }

    [Fact]
    public async Task Execute_SameKeyWithAnotherInput_IsRefused()
    {
        var workflow = await Hub.AddWorkflowAsync(Steps);
        await ExecuteAsync(workflow, """{"n":1}""", "k");
        var (status, body) = await ExecuteAsync(workflow, """{"n":2}""", "k");
        Assert.Equal((422, "idempotency_key_reused"), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Execute_KeyTooLong_IsRefused() =>
        Assert.Equal(400, (await ExecuteAsync(await Hub.AddWorkflowAsync(Steps), "{}", new string('k', 256))).Status);

    private async Task<(int Status, JsonElement Body)> ExecuteAsync(Guid workflow, string input, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/workflows/{workflow}/execute")
        {
            Content = new StringContent(input, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await Hub.Api.SendAsync(request, Cancel);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement);
    }
}
