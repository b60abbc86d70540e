namespace Hub.Engine.Tests.Executions;

public sealed class LargeOutputTests(HubFixture fixture) : EngineTest(fixture)
{
    [Fact]
    public async Task Outputs_TooLargeToWaitInMemory_AreThereWhenTheExecutionGoesOn()
    {
        var text = new string('x', 300_000);
        var execution = await RunAsync(
            """[{"id":"a","type":"set","with":{"kept":"{{ trigger.body.text }}"}},{"id":"rest","type":"delay","after":["a"],"with":{"for":"50ms"}},{"id":"b","type":"set","after":["rest"],"with":{"size":"{{ steps.a.output.kept | string.size }}"}}]""",
            "a:completed rest:completed b:completed",
            $$"""{"text":"{{text}}"}""");
        Assert.Equal(text.Length, execution.Step("b").GetProperty("output").GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Output_LargerThanAllowed_FailsItsStepAndNamesTheLimit()
    {
        await using var hub = await TestHub.StartAsync(("Hub:Engine:MaxStepOutput", "2048"), ("Hub:Engine:MaxDeadLetterContext", "65536"));
        var steps = """[{"id":"a","type":"set","with":{"few":"{{ trigger.body.few }}"}},{"id":"b","type":"set","after":["a"],"with":{"all":"{{ trigger.body }}"}}]""";
        var execution = await hub.RunAsync(steps, $$"""{"few":"{{new string('e', 500)}}","many":"{{new string('x', 100_000)}}"}""");
        Assert.Equal("a:completed b:failed", execution.StepStates());
        var error = execution.GetProperty("error");
        Assert.Equal("output_too_large", error.GetProperty("code").GetString());
        Assert.Contains("2048 is the most (Hub:Engine:MaxStepOutput)", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        var letter = (await hub.SendAsync(HttpMethod.Get, "/api/v1/dead-letters")).GetProperty("items")[0].GetProperty("id").GetGuid();
        var context = (await hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters/{letter}")).GetProperty("context");
        Assert.True(context.GetRawText().Length < 65_536);
        Assert.True(context.GetProperty("trigger").GetProperty("bytes").GetInt32() > 100_000);
        Assert.Equal(500, context.GetProperty("steps").GetProperty("a").GetProperty("output").GetProperty("few").GetString()!.Length);
    }
}
