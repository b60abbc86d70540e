namespace Hub.Engine.Tests.Steps;

public sealed class FlowStepTests(HubFixture fixture) : EngineTest(fixture)
{
    private const string Switch = """
        [{"id":"way","type":"switch","cases":[
           {"port":"high","when":{"path":"$.trigger.body.priority","op":"equals","value":"High"}},
           {"port":"low","when":{"path":"$.trigger.body.priority","op":"equals","value":"Low"}}],"default":"other"},
         {"id":"h","type":"set","after":["way.high"]},
         {"id":"l","type":"set","after":["way.low"]},
         {"id":"o","type":"set","after":["way.other"]}]
        """;

    [Theory]
    [InlineData("High", "way:completed h:completed l:skipped o:skipped")]
    [InlineData("Low", "way:completed h:skipped l:completed o:skipped")]
    [InlineData("None", "way:completed h:skipped l:skipped o:completed")]
    public async Task Switch_ByValue_TakesOnePort(string priority, string states)
    {
        var execution = await RunAsync(Switch, states, $$"""{"priority":"{{priority}}"}""");
        Assert.Equal("completed", execution.Status());
        Assert.Contains("$.trigger.body.priority", execution.Step("way").GetProperty("why").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_Rendered_IsTheOutputOfTheStep()
    {
        var execution = await RunAsync(
            """
            [{"id":"a","type":"set","with":{"n":"{{ trigger.body.n }}","text":"n is {{ trigger.body.n }}",
            "raw":{"$path":"$.trigger.body.list"}}},{"id":"b","type":"set","after":["a"],
            "with":{"got":"{{ steps.a.output.text }}"}}]
            """,
            "a:completed b:completed",
            """{"n":5,"list":[1,"two",null]}"""
        );
        Assert.Equal("""{"n":5,"text":"n is 5","raw":[1,"two",null]}""", execution.Step("a").GetProperty("output").GetRawText());
        Assert.Equal("n is 5", execution.Step("b").GetProperty("output").GetProperty("got").GetString());
    }

    [Theory]
    [InlineData("info")]
    [InlineData("warning")]
    [InlineData("error")]
    public async Task Log_Message_IsOneLineOfTheHubsLog(string level)
    {
        var word = $"word-of-{level}";
        await RunAsync(
            $$"""[{"id":"a","type":"log","with":{"message":"{{"{{ trigger.body.word }}"}}","level":"{{level}}"} }]""",
            "a:completed",
            $$"""{"word":"{{word}}\nforged: line"}"""
        );
        Assert.Contains($"a: {word} forged: line", Hub.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("completed", "completed")]
    [InlineData("failed", "failed")]
    public async Task Stop_EndsTheExecution_WithItsOutcome(string outcome, string status)
    {
        var execution = await RunAsync(
            $$"""
            [{"id":"a","type":"if","when":{"path":"$.trigger.body.on","op":"equals","value":true} },
            {"id":"end","type":"stop","after":["a.true"],"with":{"outcome":"{{outcome}}","reason":"as told"} },
            {"id":"c","type":"set","after":["a.false"]}]
            """,
            "a:completed end:completed c:skipped",
            """{"on":true}"""
        );
        Assert.Equal(status, execution.Status());
        if (status == "failed")
        {
            Assert.Equal(
                ("stopped", "as told"),
                (execution.GetProperty("error").GetProperty("code").GetString(), execution.GetProperty("error").GetProperty("message").GetString())
            );
        }
    }

    [Fact]
    public async Task Delay_For_GoesOnAfterThatTime()
    {
        var id = await Hub.ExecuteAsync(
            await Hub.AddWorkflowAsync("""[{"id":"a","type":"delay","with":{"for":"700ms"}},{"id":"b","type":"set","after":["a"]}]""")
        );
        var waiting = await Hub.UntilAsync(id, "waiting");
        Assert.Equal("a:waiting b:pending", waiting.StepStates());
        Assert.NotEqual(JsonValueKind.Null, waiting.GetProperty("wakeAt").ValueKind);
        var step = (await Hub.EndOfAsync(id)).Step("a");
        var took = step.GetProperty("finishedAt").GetDateTimeOffset() - step.GetProperty("startedAt").GetDateTimeOffset();
        Assert.InRange(took, TimeSpan.FromMilliseconds(690), TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00Z", "completed")]
    [InlineData("{{ trigger.body.when }}", "completed")]
    [InlineData("{{ trigger.body.never }}", "failed")]
    public async Task Delay_Until_GoesOnWhenItIsPast(string until, string status)
    {
        var execution = await Hub.RunAsync(
            $$"""[{"id":"a","type":"delay","with":{"until":"{{until}}"} }]""",
            """{"when":"2021-05-05T00:00:00+02:00","never":"one day"}"""
        );
        Assert.True(status == execution.Status(), execution.ToString());
        if (status == "failed")
        {
            Assert.Equal("bad_delay", execution.GetProperty("error").GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Delay_HubRestartedMeanwhile_GoesOn()
    {
        await using var hub = await TestHub.StartAsync();
        var id = await hub.ExecuteAsync(
            await hub.AddWorkflowAsync(
                """[{"id":"a","type":"delay","with":{"for":"1500ms"}},{"id":"b","type":"set","after":["a"],"with":{"input":"{{ trigger.body.kept }}"}}]"""
            ),
            """{"kept":"yes"}"""
        );
        await hub.UntilAsync(id, "waiting");
        await hub.RestartAsync();
        var execution = await hub.EndOfAsync(id);
        Assert.Equal("a:completed b:completed", execution.StepStates());
        Assert.Equal("yes", execution.Step("b").GetProperty("output").GetProperty("input").GetString());
    }
}
