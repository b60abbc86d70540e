using Hub.Engine.Resilience;

namespace Hub.Engine.Tests.Resilience;

/// <summary>After 410 Gone a step does not call that address any more until a person says so.</summary>
public sealed class GoneDestinationTests(HubFixture fixture) : EngineTest(fixture)
{
    [Fact]
    public async Task Gone_Answered_FailsLaterExecutionsWithoutACallUntilSwitchedOnAgain()
    {
        StandIn.On("/gone", new StandInAnswer(410), StandInAnswer.Ok);
        var workflow = await Hub.AddWorkflowAsync($"[{Call("call", "/gone")}]");
        var first = await EndAsync(workflow);
        Assert.Equal(("failed", 410), (first.Status(), first.GetProperty("error").GetProperty("httpStatus").GetInt32()));
        Assert.Contains(
            $"{StandIn.Url.GetLeftPart(UriPartial.Authority)} answered 410 Gone: step call of workflow {workflow}",
            Hub.Log.Text,
            StringComparison.Ordinal
        );

        // As after a restart: what is known comes from the table.
        Hub.Get<GoneDestinations>().Invalidate();
        var second = await EndAsync(workflow);
        var error = second.GetProperty("error");
        Assert.Equal(("failed", "destination_gone", "call"), (second.Status(), error.GetProperty("code").GetString(), error.GetProperty("stepId").GetString()));
        Assert.Single(StandIn.To("/gone"));

        var off = Assert.Single((await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}")).GetProperty("switchedOff").EnumerateArray());
        Assert.Equal(("call", first.GetProperty("id").GetGuid()), (off.GetProperty("stepId").GetString(), off.GetProperty("executionId").GetGuid()));
        Assert.DoesNotContain("/gone", off.GetProperty("place").GetString(), StringComparison.Ordinal);
        var path = new Uri(off.GetProperty("switchOnUrl").GetString()!).AbsolutePath;
        Assert.Contains(path, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await Hub.SendAsync(HttpMethod.Post, path)).GetProperty("destinations").GetInt32());

        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/executions/{second.GetProperty("id").GetGuid()}/retry");
        Assert.Equal("completed", (await Hub.UntilAsync(second.GetProperty("id").GetGuid(), "completed")).Status());
        var again = await Assert.ThrowsAsync<HttpRequestException>(() => Hub.SendAsync(HttpMethod.Post, path));
        Assert.Contains("not_switched_off", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gone_OneAddressOfAStep_LeavesItsOtherAddressesAndOtherWorkflowsAlone()
    {
        StandIn.On("/left", new StandInAnswer(410), StandInAnswer.Ok);
        const string Steps = """[{"id":"call","type":"http.request","with":{"url":"{{ trigger.body.url }}","method":"POST"} }]""";
        var workflow = await Hub.AddWorkflowAsync(Steps);
        Assert.Equal("failed", (await EndAsync(workflow, "/left")).Status());
        Assert.Equal("completed", (await EndAsync(workflow, "/stayed")).Status());
        Assert.Equal("failed", (await EndAsync(workflow, "/left")).Status());
        Assert.Single(StandIn.To("/left"));
        Assert.Equal("completed", (await EndAsync(await Hub.AddWorkflowAsync(Steps), "/left")).Status());
    }

    [Fact]
    public async Task Gone_WorkflowGetsANewVersion_IsCalledAgain()
    {
        StandIn.On("/back", new StandInAnswer(410), StandInAnswer.Ok);
        var steps = $"[{Call("call", "/back")}]";
        var workflow = await Hub.AddWorkflowAsync(steps);
        Assert.Equal("failed", (await EndAsync(workflow)).Status());
        await Hub.SendAsync(HttpMethod.Put, $"/api/v1/workflows/{workflow}", TestHub.Document(steps));
        Assert.Equal("completed", (await EndAsync(workflow)).Status());
    }

    [Fact]
    public async Task Gone_Handled_TakesTheErrorPort()
    {
        StandIn.On("/handled", new StandInAnswer(410));
        var workflow = await Hub.AddWorkflowAsync(
            $"[{Call("call", "/handled")}," + """{"id":"instead","type":"set","after":["call.error"],"with":{"code":"{{ steps.call.error.code }}"} }]"""
        );
        Assert.Equal("call:failed instead:completed", (await EndAsync(workflow)).StepStates());
        Assert.Equal("destination_gone", (await EndAsync(workflow)).Step("instead").GetProperty("output").GetProperty("code").GetString());
    }

    private async Task<JsonElement> EndAsync(Guid workflow, string? path = null) =>
        await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow, path is null ? "{}" : $$"""{"url":"{{StandIn.At(path)}}"}"""));
}
