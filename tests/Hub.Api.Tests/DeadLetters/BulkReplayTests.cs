namespace Hub.Api.Tests.DeadLetters;

public sealed class BulkReplayTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Replay_OfFiveThousandByAFilter_RunsThemAllAfterOneRequest()
    {
        var workflow = await AddAsync();
        await AddLettersAsync(workflow, 5000, "http_status");
        await AddLettersAsync(workflow, 3, "timeout");
        var answer = await ReplayAsync($$"""{"filter":{"workflowId":"{{workflow}}","stepId":"only","code":"http_status"} }""");
        Assert.Equal((5000, 0, false), SumOf(answer));
        await UntilAsync(workflow, "completed", 5000);
        Assert.Equal(3L, await Hub.AskAsync("SELECT count(*) FROM hub.dead_letters WHERE workflow_id = $1 AND status = 'open'", workflow));
        Assert.Equal((0, 0, false), SumOf(await ReplayAsync($$"""{"filter":{"workflowId":"{{workflow}}","code":"http_status"} }""")));
    }

    [Fact]
    public async Task Replay_MoreThanTheLimit_TakesTheOldestAndSaysThatThereAreMore()
    {
        var workflow = await AddAsync();
        var letters = await AddLettersAsync(workflow, 5, "http_status");
        Assert.Equal((2, 0, true), SumOf(await ReplayAsync($$"""{"filter":{"workflowId":"{{workflow}}"},"limit":2}""")));
        Assert.Equal(letters[..2], await LettersAsync(workflow, "replayed"));
        Assert.Equal((3, 0, false), SumOf(await ReplayAsync($$"""{"filter":{"workflowId":"{{workflow}}"} }""")));
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("restart")]
    public async Task Replay_ByIds_SaysWhichWereNotReplayedAndWhy(string mode)
    {
        var workflow = await AddAsync();
        var letters = await AddLettersAsync(workflow, 3, "http_status");
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/dead-letters/{letters[0]}/replay");
        var unknown = Guid.CreateVersion7();
        var ids = JsonSerializer.Serialize(letters.Append(unknown).Append(letters[1]));
        var answer = await ReplayAsync($$"""{"ids":{{ids}},"mode":"{{mode}}"}""");
        Assert.Equal((2, 2, false), SumOf(answer));
        Assert.Equal(
            [(letters[0], "already_replayed"), (unknown, "not_found")],
            answer
                .GetProperty("notReplayed")
                .EnumerateArray()
                .Select(each => (each.GetProperty("deadLetterId").GetGuid(), each.GetProperty("code").GetString()!))
        );

        // The one that was replayed before, and the two of now: the same executions, or new ones.
        await UntilAsync(workflow, "completed", 3);
        var replays = await Hub.AskAsync("SELECT count(*) FROM hub.executions WHERE workflow_id = $1 AND replay_of IS NOT NULL", workflow);
        Assert.Equal(mode == "resume" ? 0L : 2L, replays);
        Assert.Equal(letters, await LettersAsync(workflow, "replayed"));
    }

    [Fact]
    public async Task Restart_OfADeletedWorkflow_IsRefusedWithItsReason()
    {
        var workflow = await AddAsync();
        await AddLettersAsync(workflow, 1, "http_status");
        await Hub.DeleteWorkflowAsync(workflow);
        var answer = await ReplayAsync($$"""{"filter":{"workflowId":"{{workflow}}"},"mode":"restart"}""");
        Assert.Equal("workflow_deleted", Assert.Single(answer.GetProperty("notReplayed").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal((1, 0, false), SumOf(await ReplayAsync($$"""{"filter":{"workflowId":"{{workflow}}"} }""")));
    }

    [Theory]
    [InlineData("{}", "replay_invalid")]
    [InlineData("""{"ids":[],"filter":{}}""", "replay_invalid")]
    [InlineData("""{"filter":{},"mode":"again"}""", "mode_unknown")]
    [InlineData("""{"filter":{},"limit":0}""", "limit_invalid")]
    [InlineData("""{"filter":{},"limit":10001}""", "limit_invalid")]
    public async Task Replay_FaultyRequest_Is400(string json, string code) =>
        await RefusedAsync(HttpMethod.Post, "/api/v1/dead-letters/replay", json, 400, code);

    private static (int Replayed, int NotReplayed, bool More) SumOf(JsonElement answer) =>
        (answer.GetProperty("replayed").GetInt32(), answer.GetProperty("notReplayed").GetArrayLength(), answer.GetProperty("more").GetBoolean());

    private Task<Guid> AddAsync() => Hub.AddWorkflowAsync("""[{"id":"only","type":"set","with":{"a":1} }]""");

    private Task<JsonElement> ReplayAsync(string json) => Hub.SendAsync(HttpMethod.Post, "/api/v1/dead-letters/replay", json);

    /// <summary>Executions that failed, and their dead letters, in the order of their ids.</summary>
    private async Task<Guid[]> AddLettersAsync(Guid workflow, int count, string code)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).Order().ToArray();
        await Hub.AskAsync(
            """
            WITH failed AS (
                INSERT INTO hub.executions (id, workflow_id, version, trigger, input, status, created_at, finished_at)
                SELECT id, $2, 1, 'manual', '{}', 'failed', now(), now() FROM unnest($1::uuid[]) AS id
            )
            INSERT INTO hub.dead_letters (id, execution_id, workflow_id, version, step_id, status, error, error_history, context, created_at)
            SELECT id, id, $2, 1, 'only', 'open', json_build_object('code', $3::text), '[]', '{}', now() FROM unnest($1::uuid[]) AS id
            """,
            ids,
            workflow,
            code
        );
        return ids;
    }

    private async Task<Guid[]> LettersAsync(Guid workflow, string status) =>
        (Guid[])(await Hub.AskAsync("SELECT array_agg(id ORDER BY id) FROM hub.dead_letters WHERE workflow_id = $1 AND status = $2", workflow, status))!;

    private async Task UntilAsync(Guid workflow, string status, long count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(25));
        while ((long)(await Hub.AskAsync("SELECT count(*) FROM hub.executions WHERE workflow_id = $1 AND status = $2", workflow, status))! < count)
        {
            // Rows signal nothing.
            await Task.Delay(20, patience.Token);
        }
    }
}
