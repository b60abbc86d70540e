namespace Hub.Api.Tests.DeadLetters;

/// <summary>With which version failed executions go on after their workflow was mended.</summary>
public sealed class ReplayVersionTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("replay")]
    [InlineData("retry")]
    public async Task Replay_AfterAFix_GoesOnWithTheMendedStepAndMakesNoCallTwice(string way)
    {
        var path = $"/fixed-{way}";
        var (workflow, failed) = await FailAsync(path);
        await ChangeAsync(workflow, Steps(path, good: true));
        var (execution, answer) = await ReplayAsync(way, workflow, failed);
        Assert.Equal((2, true), (answer.GetProperty("version").GetInt32(), IsOnNewest(answer)));
        var completed = await Hub.UntilAsync(execution, "completed");
        Assert.Equal("charge:completed ship:completed", completed.StepStates());
        Assert.Equal((2, "[1]"), (completed.GetProperty("version").GetInt32(), completed.GetProperty("earlierVersions").GetRawText()));
        Assert.Single(StandIn.To($"{path}/charge"));
        Assert.Equal($"{execution}-ship", Assert.Single(StandIn.To($"{path}/good")).Header("Idempotency-Key"));
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("retry")]
    public async Task Replay_WhenAStepThatHasRunWasChanged_StaysOnItsVersionAndOffersTheNewest(string way)
    {
        var path = $"/changed-{way}";
        var (workflow, failed) = await FailAsync(path);
        await ChangeAsync(workflow, Steps(path, good: true).Replace("\"amount\":1", "\"amount\":2", StringComparison.Ordinal));
        var letter = await LetterAsync(workflow);
        var (execution, answer) = await ReplayAsync(way, workflow, failed);
        Assert.Equal(1, answer.GetProperty("version").GetInt32());
        var older = answer.GetProperty("olderVersion");
        Assert.Equal((1, 2), (older.GetProperty("version").GetInt32(), older.GetProperty("newestVersion").GetInt32()));
        Assert.Equal(
            "It goes on with version 1, not with version 2: step 'charge' has run, and its inputs were changed.",
            older.GetProperty("message").GetString()
        );
        Assert.Equal("""["charge"]""", older.GetProperty("restart").GetProperty("callsMadeAgain").GetRawText());
        Assert.Equal("[]", (await Hub.UntilAsync(execution, "failed")).GetProperty("earlierVersions").GetRawText());

        // The offer is a request as it is to be sent.
        var request = older.GetProperty("restart").GetProperty("request").GetString()!.Split(' ', 3);
        Assert.Equal(("POST", $"/api/v1/dead-letters/{letter}/replay"), (request[0], request[1]));
        var restarted = await Hub.SendAsync(HttpMethod.Post, request[1], request[2]);
        Assert.Equal((2, true), (restarted.GetProperty("version").GetInt32(), IsOnNewest(restarted)));
        Assert.Equal("completed", (await Hub.EndOfAsync(restarted.GetProperty("executionId").GetGuid())).Status());
        Assert.Equal(2, StandIn.To($"{path}/charge").Count);
    }

    /// <summary>What failed is not left undone without a word.</summary>
    [Theory]
    [InlineData("replay", "removed", "step 'ship' has failed, and is gone in version 2.")]
    [InlineData("retry", "removed", "step 'ship' has failed, and is gone in version 2.")]
    [InlineData("replay", "renamed", "step 'ship' has failed, and is gone in version 2.")]
    [InlineData("replay", "moved", "step 'ship' has failed, and is on another branch in version 2.")]
    [InlineData("replay", "guarded", "step 'ship' has failed, and runs or not as 'guard' decides in version 2.")]
    [InlineData("replay", "stopped", "step 'ship' has failed, and runs or not as 'end' decides in version 2.")]
    [InlineData("retry", "stopped", "step 'ship' has failed, and runs or not as 'end' decides in version 2.")]
    public async Task Replay_WhenTheNewestVersionWouldLeaveTheFailedStepOut_StaysOnItsVersionAndOffersTheNewest(string way, string change, string why)
    {
        var path = $"/{change}-{way}";
        var (workflow, failed) = await FailAsync(path);
        var old = Steps(path, good: true);
        await ChangeAsync(
            workflow,
            change switch
            {
                "removed" => old[..old.IndexOf(",\n", StringComparison.Ordinal)] + "]",
                "renamed" => old.Replace("\"ship\"", "\"send\"", StringComparison.Ordinal),
                "stopped" => old.Replace("[{", """[{"id":"end","type":"stop","after":["charge"] },{""", StringComparison.Ordinal),
                "moved" => old.Replace("[\"charge\"]", "[\"charge.error\"]", StringComparison.Ordinal),
                _ => old.Replace("[\"charge\"]", "[\"guard.true\"]", StringComparison.Ordinal)
                    .Replace(
                        "[{",
                        """[{"id":"guard","type":"if","after":["charge"],"when":{"path":"$.steps.charge.output.none","op":"exists"} },{""",
                        StringComparison.Ordinal
                    ),
            }
        );
        var letter = await LetterAsync(workflow);
        var (execution, answer) = await ReplayAsync(way, workflow, failed);
        var older = answer.GetProperty("olderVersion");
        Assert.Equal(
            (1, 1, 2),
            (answer.GetProperty("version").GetInt32(), older.GetProperty("version").GetInt32(), older.GetProperty("newestVersion").GetInt32())
        );
        Assert.Equal($"It goes on with version 1, not with version 2: {why}", older.GetProperty("message").GetString());
        Assert.Equal(
            ($$"""POST /api/v1/dead-letters/{{letter}}/replay {"mode":"restart"}""", """["charge"]"""),
            (older.GetProperty("restart").GetProperty("request").GetString(), older.GetProperty("restart").GetProperty("callsMadeAgain").GetRawText())
        );
        Assert.Equal("charge:completed ship:failed", (await Hub.UntilAsync(execution, "failed")).StepStates());
        Assert.Equal(2, StandIn.To($"{path}/bad").Count);
    }

    /// <summary>An execution that was cancelled between two tries has not done what it tried.</summary>
    [Fact]
    public async Task Retry_WhenTheStepThatWasTriedBeforeTheCancellationIsGone_StaysOnItsVersion()
    {
        StandIn.On("/cancelled", new StandInAnswer(503), StandInAnswer.Ok);
        var steps = $$"""
            [{"id":"call","type":"http.request","with":{"url":"{{StandIn.At("/cancelled")}}"},"retry":{"attempts":3,"first":"1h","max":"1h"} }]
            """;
        var workflow = await Hub.AddWorkflowAsync(steps);
        var execution = await Hub.ExecuteAsync(workflow);
        await Hub.UntilAsync(execution, "retrying");
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{execution}/cancel");
        await ChangeAsync(workflow, steps.Replace("\"call\"", "\"renamed\"", StringComparison.Ordinal));
        var (_, answer) = await ReplayAsync("retry", workflow, execution);
        Assert.Equal(
            "It goes on with version 1, not with version 2: step 'call' has failed, and is gone in version 2.",
            answer.GetProperty("olderVersion").GetProperty("message").GetString()
        );
        Assert.Equal("call:completed", (await Hub.UntilAsync(execution, "completed")).StepStates());
    }

    [Fact]
    public async Task Replay_WhenANewStepStandsBeforeTheFailedOne_GoesOnWithTheNewest()
    {
        var (workflow, failed) = await FailAsync("/before");
        await ChangeAsync(
            workflow,
            Steps("/before", good: true)
                .Replace("[\"charge\"]", "[\"label\"]", StringComparison.Ordinal)
                .Replace("[{", """[{"id":"label","type":"set","after":["charge"],"with":{"a":1} },{""", StringComparison.Ordinal)
        );
        var (execution, answer) = await ReplayAsync("replay", workflow, failed);
        Assert.Equal((2, true), (answer.GetProperty("version").GetInt32(), IsOnNewest(answer)));
        Assert.Equal("completed", (await Hub.UntilAsync(execution, "completed")).Step("ship").GetProperty("status").GetString());
    }

    /// <summary>Taking a stop away is how a workflow is mended that stopped too early.</summary>
    [Fact]
    public async Task Replay_WhenTheStopThatFailedItIsGone_GoesOnWithTheNewest()
    {
        const string Stop = """[{"id":"end","type":"stop","with":{"outcome":"failed","reason":"too early"} }]""";
        var workflow = await Hub.AddWorkflowAsync(Stop);
        var execution = await Hub.ExecuteAsync(workflow);
        await Hub.UntilAsync(execution, "failed");
        await ChangeAsync(workflow, """[{"id":"work","type":"set"}]""");
        var (_, answer) = await ReplayAsync("replay", workflow, execution);
        Assert.Equal((2, true), (answer.GetProperty("version").GetInt32(), IsOnNewest(answer)));
        Assert.Equal("work:completed", (await Hub.UntilAsync(execution, "completed")).StepStates());
    }

    [Fact]
    public async Task ReplayOfMany_WhenTheFailedStepIsGone_StaysOnTheOldVersionAndSaysWhy()
    {
        var (workflow, failed) = await FailAsync("/many-gone");
        var second = await Hub.ExecuteAsync(workflow);
        await Hub.UntilAsync(second, "failed");
        await ChangeAsync(workflow, Steps("/many-gone", good: true).Replace("\"ship\"", "\"send\"", StringComparison.Ordinal));
        var answer = await Hub.SendAsync(HttpMethod.Post, "/api/v1/dead-letters/replay", $$"""{"filter":{"workflowId":"{{workflow}}"} }""");
        var stayed = Assert.Single(answer.GetProperty("onOlderVersion").EnumerateArray());
        Assert.Equal(
            "It goes on with version 1, not with version 2: step 'ship' has failed, and is gone in version 2.",
            stayed.GetProperty("message").GetString()
        );
        Assert.Equal(
            (2, """POST /api/v1/dead-letters/{id}/replay {"mode":"restart"}"""),
            (stayed.GetProperty("deadLetterIds").GetArrayLength(), stayed.GetProperty("restart").GetProperty("request").GetString())
        );
        foreach (var execution in new[] { failed, second })
        {
            Assert.Equal("charge:completed ship:failed", (await Hub.UntilAsync(execution, "failed")).StepStates());
        }
    }

    [Fact]
    public async Task Replay_OfAnInactiveWorkflow_StaysOnItsVersionAndSaysWhy()
    {
        var (workflow, failed) = await FailAsync("/paused");
        await ChangeAsync(workflow, Steps("/paused", good: true));
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/deactivate");
        var (_, answer) = await ReplayAsync("replay", workflow, failed);
        Assert.EndsWith("the workflow is not active.", answer.GetProperty("olderVersion").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WithEveryFix_RecordsEachVersionItRan()
    {
        var (workflow, failed) = await FailAsync("/twice");
        await ChangeAsync(workflow, Steps("/twice", good: false).Replace("\"n\":1", "\"n\":2", StringComparison.Ordinal));
        await ReplayAsync("replay", workflow, failed);
        await Hub.UntilAsync(failed, "failed");
        await ChangeAsync(workflow, Steps("/twice", good: true));
        await ReplayAsync("replay", workflow, failed);
        var completed = await Hub.UntilAsync(failed, "completed");
        Assert.Equal((3, "[1,2]"), (completed.GetProperty("version").GetInt32(), completed.GetProperty("earlierVersions").GetRawText()));
        Assert.Single(StandIn.To("/twice/charge"));
    }

    [Fact]
    public async Task ReplayOfMany_SomeOfWhichRanAChangedStep_ChoosesForEachAndSaysWhichStayed()
    {
        const string Old = """[{"id":"first","type":"set","with":{"a":1} },{"id":"last","type":"set","after":["first"],"with":{"b":1} }]""";
        var workflow = await Hub.AddWorkflowAsync(Old);
        var free = await AddLettersAsync(workflow, 4990, hasRunFirst: false);
        var bound = await AddLettersAsync(workflow, 10, hasRunFirst: true);
        await ChangeAsync(workflow, Old.Replace("\"a\":1", "\"a\":2", StringComparison.Ordinal));
        var answer = await Hub.SendAsync(HttpMethod.Post, "/api/v1/dead-letters/replay", $$"""{"filter":{"workflowId":"{{workflow}}"} }""");
        Assert.Equal((5000, 0), (answer.GetProperty("replayed").GetInt32(), answer.GetProperty("notReplayed").GetArrayLength()));
        var stayed = Assert.Single(answer.GetProperty("onOlderVersion").EnumerateArray());
        Assert.Equal(
            (workflow, 1, 2),
            (stayed.GetProperty("workflowId").GetGuid(), stayed.GetProperty("version").GetInt32(), stayed.GetProperty("newestVersion").GetInt32())
        );
        Assert.Equal(bound, stayed.GetProperty("deadLetterIds").EnumerateArray().Select(id => id.GetGuid()).Order());
        Assert.Equal(4990L, await Hub.AskAsync("SELECT count(*) FROM hub.executions WHERE id = ANY ($1) AND version = 2 AND earlier_versions = '{1}'", free));
        Assert.Equal(10L, await Hub.AskAsync("SELECT count(*) FROM hub.executions WHERE id = ANY ($1) AND version = 1 AND earlier_versions IS NULL", bound));
        Assert.Equal("1", (await Hub.EndOfAsync(bound[0])).Step("first").GetProperty("output").GetProperty("a").GetRawText());
        Assert.Equal("2", (await Hub.EndOfAsync(free[0])).Step("first").GetProperty("output").GetProperty("a").GetRawText());
    }

    /// <summary>One call, then one that is wrong until the workflow is mended.</summary>
    private string Steps(string path, bool good) =>
        $$"""
            [{"id":"charge","type":"http.request","with":{"url":"{{StandIn.At($"{path}/charge")}}","method":"POST","body":{"amount":1} } },
             {"id":"ship","type":"http.request","after":["charge"],"with":{"url":"{{StandIn.At(
                $"{path}/{(good ? "good" : "bad")}"
            )}}","method":"POST","body":{"n":1} } }]
            """;

    private async Task<(Guid Workflow, Guid Execution)> FailAsync(string path)
    {
        StandIn.On($"{path}/bad", new StandInAnswer(400));
        var workflow = await Hub.AddWorkflowAsync(Steps(path, good: false));
        var execution = await Hub.ExecuteAsync(workflow);
        Assert.Equal("charge:completed ship:failed", (await Hub.UntilAsync(execution, "failed")).StepStates());
        return (workflow, execution);
    }

    private Task ChangeAsync(Guid workflow, string steps) => Hub.SendAsync(HttpMethod.Put, $"/api/v1/workflows/{workflow}", TestHub.Document(steps));

    private async Task<Guid> LetterAsync(Guid workflow) =>
        (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters?workflowId={workflow}&status=open")).GetProperty("items")[0].GetProperty("id").GetGuid();

    private async Task<(Guid Execution, JsonElement Answer)> ReplayAsync(string way, Guid workflow, Guid execution) =>
        (
            execution,
            way == "retry"
                ? await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{execution}/retry")
                : await Hub.SendAsync(HttpMethod.Post, $"/api/v1/dead-letters/{await LetterAsync(workflow)}/replay")
        );

    private static bool IsOnNewest(JsonElement answer) => !answer.TryGetProperty("olderVersion", out var older) || older.ValueKind == JsonValueKind.Null;

    /// <summary>Executions of version 1 that failed, and their dead letters, with the same ids.</summary>
    private async Task<Guid[]> AddLettersAsync(Guid workflow, int count, bool hasRunFirst)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).Order().ToArray();
        await Hub.AskAsync(
            """
            WITH failed AS (
                INSERT INTO hub.executions (id, workflow_id, version, trigger, input, status, claim, created_at, finished_at)
                SELECT id, $2, 1, 'manual', '{}', 'failed', 1, now(), now() FROM unnest($1::uuid[]) AS id
            ), step AS (
                INSERT INTO hub.execution_steps (execution_id, step_id, status, attempts, output)
                SELECT id, 'first', 'completed', 1, '{"a":1}' FROM unnest($1::uuid[]) AS id WHERE $3
            )
            INSERT INTO hub.dead_letters (id, execution_id, workflow_id, version, step_id, status, error, error_history, context, created_at)
            SELECT id, id, $2, 1, 'last', 'open', '{}', '[]', '{}', now() FROM unnest($1::uuid[]) AS id
            """,
            ids,
            workflow,
            hasRunFirst
        );
        return ids;
    }
}
