namespace Hub.Engine.Tests;

/// <summary>What tests of running workflows have in common.</summary>
public abstract class EngineTest(HubFixture fixture) : IClassFixture<HubFixture>
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TestHub Hub => fixture.Hub;

    protected StandIn StandIn => fixture.StandIn;

    /// <summary>An http.request step to a path of the stand-in.</summary>
    protected string Call(string id, string path, string more = "") =>
        $$"""{"id":"{{id}}","type":"http.request","with":{"url":"{{StandIn.At(path)}}","method":"POST"} {{more}} }""";

    /// <summary>Runs and expects these states of the steps.</summary>
    protected async Task<JsonElement> RunAsync(string steps, string states, string input = "{}")
    {
        var execution = await Hub.RunAsync(steps, input);
        Assert.True(states == execution.StepStates(), $"{states} was expected: {execution}");
        return execution;
    }
}
