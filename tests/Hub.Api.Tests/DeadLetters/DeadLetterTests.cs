namespace Hub.Api.Tests.DeadLetters;

public sealed class DeadLetterTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task DeadLetter_AttemptsUsedUp_KeepsDeliveryContextAndEveryError()
    {
        var (delivery, failed, letter) = await ExhaustAsync("/kept");
        Assert.Equal(delivery, letter.GetProperty("deliveryId").GetGuid());
        Assert.Equal(("open", "call"), (letter.Status(), letter.GetProperty("stepId").GetString()));
        var detail = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters/{letter.GetProperty("id").GetGuid()}");
        Assert.Equal(503, detail.GetProperty("error").GetProperty("httpStatus").GetInt32());
        var history = Assert.Single(detail.GetProperty("errorHistory").EnumerateArray());
        Assert.Equal([1, 2], history.GetProperty("tries").EnumerateArray().Select(each => each.GetProperty("attempt").GetInt32()));
        Assert.Equal("there", detail.GetProperty("context").GetProperty("trigger").GetProperty("body").GetProperty("hello").GetString());
        Assert.Equal("before", detail.GetProperty("context").GetProperty("steps").GetProperty("first").GetProperty("output").GetProperty("said").GetString());
        Assert.Equal(2, failed.Step("call").GetProperty("attempts").GetInt32());
        Assert.Equal(2, failed.GetProperty("failedTries").GetInt32());
    }

    [Fact]
    public async Task Replay_Resumed_GoesOnInTheSameExecution()
    {
        var (_, failed, letter) = await ExhaustAsync("/resumed");
        var id = letter.GetProperty("id").GetGuid();
        var replayed = await Hub.SendAsync(HttpMethod.Post, $"/api/v1/dead-letters/{id}/replay");
        var execution = replayed.GetProperty("executionId").GetGuid();
        Assert.Equal(failed.GetProperty("id").GetGuid(), execution);
        Assert.Equal("first:completed call:completed", (await Hub.UntilAsync(execution, "completed")).StepStates());
        Assert.Equal("replayed", (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters/{id}")).Status());
        await RefusedAsync(HttpMethod.Post, $"/api/v1/dead-letters/{id}/replay", """{"mode":"resume"}""", 409, "already_replayed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replay_Restarted_IsANewExecutionOfTheSameDelivery(bool chunked)
    {
        var (delivery, failed, letter) = await ExhaustAsync($"/restarted-{chunked}");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/dead-letters/{letter.GetProperty("id").GetGuid()}/replay");
        request.Content = new StringContent("""{"mode":"restart"}""", Encoding.UTF8, "application/json");
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await Hub.Api.SendAsync(request, Cancel);
        Assert.Equal(202, (int)response.StatusCode);
        var execution = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("executionId").GetGuid();
        Assert.NotEqual(failed.GetProperty("id").GetGuid(), execution);
        var again = await Hub.EndOfAsync(execution);
        Assert.Equal(("completed", "replay"), (again.Status(), again.GetProperty("trigger").GetString()));
        Assert.Equal(delivery, again.GetProperty("deliveryId").GetGuid());
        Assert.Equal(failed.GetProperty("id").GetGuid(), again.GetProperty("replayOf").GetGuid());
    }

    [Fact]
    public async Task Replay_RestartedAfterAChange_RunsTheNewestVersion()
    {
        var (_, failed, letter) = await ExhaustAsync("/changed");
        var workflow = failed.GetProperty("workflowId").GetGuid();
        await Hub.SendAsync(
            HttpMethod.Put,
            $"/api/v1/workflows/{workflow}",
            TestHub.Document("""[{"id":"mended","type":"set","with":{"hello":"{{ trigger.body.hello }}"}}]""")
        );
        var execution = (await Hub.SendAsync(HttpMethod.Post, $"/api/v1/dead-letters/{letter.GetProperty("id").GetGuid()}/replay", """{"mode":"restart"}"""))
            .GetProperty("executionId")
            .GetGuid();
        var again = await Hub.EndOfAsync(execution);
        Assert.Equal("there", again.Step("mended").GetProperty("output").GetProperty("hello").GetString());
    }

    [Theory]
    [InlineData("""{"mode":"again"}""", "mode_unknown")]
    [InlineData("""{"mode":7}""", "invalid_json")]
    [InlineData("{", "invalid_json")]
    [InlineData("""{"other":1}""", "invalid_json")]
    public async Task Replay_FaultyWish_Is400(string json, string code)
    {
        await RefusedAsync(HttpMethod.Post, $"/api/v1/dead-letters/{Guid.CreateVersion7()}/replay", json, 400, code);
    }

    [Fact]
    public async Task List_Filtered_GivesWhatFits()
    {
        var (_, failed, letter) = await ExhaustAsync("/listed");
        var workflow = failed.GetProperty("workflowId").GetGuid();
        Assert.Equal(1, (await ListAsync($"workflowId={workflow}&status=open")).GetArrayLength());
        Assert.Equal(0, (await ListAsync($"workflowId={workflow}&status=replayed")).GetArrayLength());
        Assert.Equal(0, (await ListAsync($"workflowId={workflow}&cursor={letter.GetProperty("id").GetGuid()}")).GetArrayLength());
        Assert.Equal(1, (await ListAsync($"workflow={workflow}&stepId=call&code=http_status")).GetArrayLength());
        Assert.Equal(0, (await ListAsync($"workflow={workflow}&stepId=first")).GetArrayLength());
        Assert.Equal(
            failed.GetProperty("deadLetterId").GetGuid(),
            (await ListAsync($"executionId={failed.GetProperty("id").GetGuid()}"))[0].GetProperty("id").GetGuid()
        );
        Assert.Equal(0, (await ListAsync($"executionId={workflow}")).GetArrayLength());
        Assert.Equal(0, (await ListAsync($"workflow={workflow}&code=timeout")).GetArrayLength());
        var written = Uri.EscapeDataString(letter.GetProperty("createdAt").GetDateTimeOffset().ToString("O"));
        Assert.Equal(
            (1, 0),
            ((await ListAsync($"workflow={workflow}&from={written}")).GetArrayLength(), (await ListAsync($"workflow={workflow}&to={written}")).GetArrayLength())
        );
        await RefusedAsync(HttpMethod.Get, "/api/v1/dead-letters?status=buried", null, 400, "status_unknown");
        await RefusedAsync(HttpMethod.Get, "/api/v1/dead-letters?workflow=nobody", null, 400, "workflow_unknown");
        await Hub.DeleteWorkflowAsync(workflow);
        Assert.Equal(failed.GetProperty("workflowName").GetString(), (await ListAsync($"workflow={workflow}"))[0].GetProperty("workflowName").GetString());
    }

    private async Task<JsonElement> ListAsync(string query) => (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters?{query}")).GetProperty("items");

    /// <summary>A delivery whose workflow fails twice and would succeed then.</summary>
    private async Task<(Guid Delivery, JsonElement Execution, JsonElement Letter)> ExhaustAsync(string path)
    {
        StandIn.On(path, new StandInAnswer(503), new StandInAnswer(503), StandInAnswer.Ok);
        var source = await Hub.AddSourceAsync();
        await Hub.AddWorkflowAsync(
            $$"""
            [{"id":"first","type":"set","with":{"said":"before"} },
             {"id":"call","type":"http.request","after":["first"],"with":{"url":"{{StandIn.At(path)}}"},"retry":{"attempts":2,"first":"20ms"} }]
            """,
            source
        );
        var delivery = await Hub.DeliverAsync(source, """{"hello":"there"}""");
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(delivery));
        Assert.True(execution.Status() == "failed", execution.ToString());
        var letters = await ListAsync($"workflowId={execution.GetProperty("workflowId").GetGuid()}");
        return (delivery, execution, Assert.Single(letters.EnumerateArray()));
    }
}
