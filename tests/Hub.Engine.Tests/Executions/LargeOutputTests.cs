namespace Hub.Engine.Tests.Executions;

public sealed class LargeOutputTests(HubFixture fixture) : EngineTest(fixture)
{
    [Fact]
    public async Task Outputs_TooLargeToWaitInMemory_AreThereWhenTheExecutionGoesOn()
    {
        var text = new string('x', 300_000);
        var execution = await RunAsync(
            """
            [{"id":"a","type":"set","with":{"kept":"{{ trigger.body.text }}"}},{"id":"rest","type":"delay","after":["a"],
            "with":{"for":"50ms"}},{"id":"b","type":"set","after":["rest"],
            "with":{"size":"{{ steps.a.output.kept | string.size }}"}}]
            """,
            "a:completed rest:completed b:completed",
            $$"""{"text":"{{text}}"}"""
        );
        Assert.Equal(text.Length, execution.Step("b").GetProperty("output").GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Output_LargerThanAllowed_FailsItsStepAndNamesTheLimit()
    {
        await using var hub = await TestHub.StartAsync(("Hub:Engine:MaxStepOutput", "2048"), ("Hub:Engine:MaxDeadLetterContext", "65536"));
        var steps =
            """[{"id":"a","type":"set","with":{"few":"{{ trigger.body.few }}"}},{"id":"b","type":"set","after":["a"],"with":{"all":"{{ trigger.body }}"}}]""";
        var execution = await hub.RunAsync(steps, $$"""{"few":"{{new string('e', 500)}}","many":"{{new string('x', 100_000)}}"}""");
        Assert.Equal("a:completed b:failed", execution.StepStates());
        var error = execution.GetProperty("error");
        Assert.Equal("too_large", error.GetProperty("code").GetString());
        Assert.Contains(
            "more than 2048 bytes of JSON, the most that a step may have (Hub:Engine:MaxStepOutput)",
            error.GetProperty("message").GetString(),
            StringComparison.Ordinal
        );

        var letter = (await hub.SendAsync(HttpMethod.Get, "/api/v1/dead-letters")).GetProperty("items")[0].GetProperty("id").GetGuid();
        var context = (await hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters/{letter}")).GetProperty("context");
        Assert.True(context.GetRawText().Length < 65_536);
        Assert.True(context.GetProperty("trigger").GetProperty("bytes").GetInt32() > 100_000);
        Assert.Equal(500, context.GetProperty("steps").GetProperty("a").GetProperty("output").GetProperty("few").GetString()!.Length);
    }

    /// <summary>Each match holds all that lie in it: 200 KiB become 40 MiB.</summary>
    [Theory]
    [InlineData("set", """{"all":{"$path":"$.trigger.body..email"}}""", "with.all.$path")]
    [InlineData("set", """{"all":"{{ path '$.trigger.body..email' }}"}""", "with.all")]
    [InlineData("http.request", """{"url":"http://127.0.0.1:9/","method":"POST","body":{"$path":"$.trigger.body..email"}}""", "with.body.$path")]
    public async Task Inputs_ThatMultiplyTheBody_FailTheirStepWhileTheyAreWritten(string type, string with, string place)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"email\":", 200));
        var execution = await RunAsync(
            $$"""[{"id":"a","type":"{{type}}","with":{{with}}}]""",
            "a:failed",
            $"{nested}\"{new string('x', 200_000)}\"{new string('}', 200)}"
        );
        var error = execution.GetProperty("error");
        Assert.Equal("too_large", error.GetProperty("code").GetString());
        Assert.StartsWith($"steps[0].{place}:", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_OfMoreValuesThanAllowed_FailTheirStep()
    {
        var numbers = $"[1{string.Concat(Enumerable.Repeat(",1", 300_000))}]";
        var execution = await RunAsync(
            """
            [{"id":"a","type":"set","with":{"once":{"$path":"$.trigger.body"}}},{"id":"b","type":"set","after":["a"],
            "with":{"x":"{{ trigger.body }}","y":"{{ trigger.body }}"}}]
            """,
            "a:completed b:failed",
            numbers
        );
        Assert.Equal("too_large", execution.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("524288 values and names", execution.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Each step's output is allowed, all of them are not.</summary>
    [Fact]
    public async Task Outputs_OfAllStepsTogether_AreBounded()
    {
        await using var hub = await TestHub.StartAsync(("Hub:Engine:MaxStepOutput", "4096"), ("Hub:Engine:MaxRunOutput", "10000"));
        var steps = """
            [{"id":"a","type":"set","with":{"x":{"$path":"$.trigger.body"}}},{"id":"b","type":"set","after":["a"],
            "with":{"x":{"$path":"$.trigger.body"}}},{"id":"c","type":"set","after":["b"],
            "with":{"x":{"$path":"$.trigger.body"}}}]
            """;
        var execution = await hub.RunAsync(steps, $"\"{new string('x', 4000)}\"");
        Assert.Equal("a:completed b:completed c:failed", execution.StepStates());
        Assert.Equal("too_large", execution.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("10000 bytes of JSON together", execution.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>There is one place: each waits for its turn, as its inputs turn out to be large, and none is lost.</summary>
    [Fact]
    public async Task Inputs_ThatTurnOutLarge_WaitForAPlaceAndLoseNoTry()
    {
        await using var hub = await TestHub.StartAsync(("Hub:Engine:MaxLarge", "1"));
        var steps = """
            [{"id":"a","type":"set","with":{"x":"{{ 'x' * 300000 }}{{ trigger.body.n }}"}},{"id":"b","type":"set","after":["a"],
            "with":{"n":"{{ steps.a.output.x | string.slice 300000 }}"}}]
            """;
        var runs = await Task.WhenAll(Enumerable.Range(10, 12).Select(n => hub.RunAsync(steps, $$"""{"n":{{n}}}""")));
        Assert.All(runs, run => Assert.Equal("a:completed b:completed", run.StepStates()));
        Assert.All(runs, run => Assert.Equal(1, run.Step("a").GetProperty("attempts").GetInt32()));
        Assert.Equal(Enumerable.Range(10, 12), runs.Select(run => int.Parse(run.Step("b").GetProperty("output").GetProperty("n").ToString())).Order());
    }
}
