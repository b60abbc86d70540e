namespace Hub.Engine.Tests.Resilience;

public sealed class RetryTests(HubFixture fixture) : EngineTest(fixture)
{
    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Call_PassingError_IsTriedAgainWithTheSameKey(int status)
    {
        var path = $"/passing-{status}";
        StandIn.On(path, new StandInAnswer(status), new StandInAnswer(status), StandInAnswer.Ok);
        var execution = await RunAsync($"[{Call("call", path, """, "retry":{"attempts":3,"first":"20ms"}""")}]", "call:completed");
        var step = execution.Step("call");
        Assert.Equal(3, step.GetProperty("attempts").GetInt32());
        Assert.Equal([1, 2], step.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("attempt").GetInt32()));
        Assert.All(step.GetProperty("errors").EnumerateArray(), error => Assert.Equal(status, error.GetProperty("error").GetProperty("httpStatus").GetInt32()));
        var key = $"{execution.GetProperty("id").GetGuid()}-call";
        Assert.Equal([key, key, key], StandIn.To(path).Select(request => request.Header("Idempotency-Key")));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(422)]
    public async Task Call_LastingError_IsNotTriedAgain(int status)
    {
        var path = $"/lasting-{status}";
        StandIn.On(path, new StandInAnswer(status, """{"said":"no"}"""));
        var execution = await RunAsync($"[{Call("call", path, """, "retry":{"attempts":5,"first":"20ms"}""")}]", "call:failed");
        Assert.Single(StandIn.To(path));
        var error = execution.GetProperty("error");
        Assert.Equal(
            (status, "call", false),
            (error.GetProperty("httpStatus").GetInt32(), error.GetProperty("stepId").GetString(), error.GetProperty("retryable").GetBoolean())
        );
    }

    [Fact]
    public async Task Call_Failing_WaitsLongerEachTime()
    {
        StandIn.On("/growing", new StandInAnswer(500));
        await RunAsync($"[{Call("call", "/growing", """, "retry":{"attempts":4,"first":"200ms","backoff":"exponential"}""")}]", "call:failed");
        var sent = StandIn.To("/growing");
        Assert.Equal(4, sent.Count);
        var gaps = sent.Zip(sent.Skip(1), (first, second) => TimeProvider.System.GetElapsedTime(first.At, second.At)).ToList();
        Assert.All(gaps.Zip(new[] { 100, 200, 400 }), gap =>
            Assert.True(gap.First >= TimeSpan.FromMilliseconds(gap.Second - 5), $"{gap.First} is shorter than {gap.Second} ms")
        );
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Call_ToldToRetryAfter_WaitsThatLong(int status)
    {
        var path = $"/told-{status}";
        StandIn.On(path, new StandInAnswer(status, RetryAfter: "1"), StandInAnswer.Ok);
        await RunAsync($"[{Call("call", path, """, "retry":{"attempts":2,"first":"10ms"}""")}]", "call:completed");
        var sent = StandIn.To(path);
        Assert.True(TimeProvider.System.GetElapsedTime(sent[0].At, sent[1].At) >= TimeSpan.FromMilliseconds(995));
    }

    [Fact]
    public async Task Call_SlowerThanItsTimeout_FailsAndIsTriedAgain()
    {
        var never = new TaskCompletionSource<StandInAnswer>();
        StandIn.On("/slow", (_, before) => before == 0 ? never.Task : Task.FromResult(StandInAnswer.Ok));
        var execution = await RunAsync($"[{Call("call", "/slow", """, "timeout":"300ms","retry":{"attempts":2,"first":"20ms"}""")}]", "call:completed");
        never.SetResult(StandInAnswer.Ok);
        Assert.Equal("timeout", execution.Step("call").GetProperty("errors")[0].GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Call_NobodyListening_IsTriedAgainAndBuried()
    {
        var execution = await RunAsync(
            """[{"id":"call","type":"http.request","with":{"url":"http://127.0.0.1:1/"},"retry":{"attempts":2,"first":"20ms"}}]""",
            "call:failed"
        );
        Assert.Equal("connect_failed", execution.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(2, execution.Step("call").GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Policy_OfTheWorkflow_HoldsForStepsWithoutOne()
    {
        StandIn.On("/policy", new StandInAnswer(500));
        await Hub.RunAsync($"[{Call("call", "/policy")}]", errorPolicy: """{"retry":{"attempts":2,"first":"10ms"}}""");
        Assert.Equal(2, StandIn.To("/policy").Count);
    }

    [Fact]
    public async Task DeadLetterAfter_FailedTriesOverAllSteps_GivesUpEarly()
    {
        StandIn.On("/one", new StandInAnswer(500), new StandInAnswer(500), StandInAnswer.Ok);
        StandIn.On("/two", new StandInAnswer(500));
        var retry = """, "retry":{"attempts":50,"first":"10ms","max":"10ms"}""";
        var execution = await Hub.RunAsync(
            $"[{Call("one", "/one", retry)},{Call("two", "/two", retry + ", \"after\":[\"one\"]")}]",
            errorPolicy: """{"deadLetterAfter":5}"""
        );
        Assert.Equal(("failed", 5), (execution.Status(), execution.GetProperty("failedTries").GetInt32()));
        Assert.Equal((3, 3), (StandIn.To("/one").Count, StandIn.To("/two").Count));
        Assert.Equal(
            1,
            (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters?workflowId={execution.GetProperty("workflowId").GetGuid()}"))
                .GetProperty("items")
                .GetArrayLength()
        );
    }
}
