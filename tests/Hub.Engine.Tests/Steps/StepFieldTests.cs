using Hub.Engine.Catalog;
using Hub.Routing.Workflows;

namespace Hub.Engine.Tests.Steps;

/// <summary>What the checker says of an input that is written out is what happens to the same value when a template gives it.</summary>
public sealed class StepFieldTests(HubFixture fixture) : EngineTest(fixture)
{
    [Theory]
    [InlineData("http.request", "method", "\"patch\"", "\"PATCH\"")]
    [InlineData("http.request", "method", "\"FETCH\"", null)]
    [InlineData("http.request", "method", "5", null)]
    [InlineData("http.request", "timeout", "\"PT30S\"", "\"PT30S\"")]
    [InlineData("http.request", "timeout", "\"1.5h\"", "\"1.5h\"")]
    [InlineData("http.request", "timeout", "\"soon\"", null)]
    [InlineData("http.request", "timeout", "30", null)]
    [InlineData("http.request", "headers", "[]", null)]
    [InlineData("delay", "for", "\"PT0.01S\"", "\"PT0.01S\"")]
    [InlineData("delay", "for", "\"0.01s\"", "\"0.01s\"")]
    [InlineData("delay", "for", "\"00:00:00.01\"", "\"00:00:00.01\"")]
    [InlineData("delay", "for", "\"367d\"", null)]
    [InlineData("delay", "for", "5", null)]
    [InlineData("delay", "until", "\"2020-01-01\"", null)]
    [InlineData("log", "level", "\"Warning\"", "\"warning\"")]
    [InlineData("log", "level", "\"fatal\"", null)]
    [InlineData("stop", "outcome", "\"Completed\"", "\"completed\"")]
    [InlineData("stop", "outcome", "\"lost\"", null)]
    [InlineData("stop", "reason", "5", "\"5\"")]
    [InlineData("stop", "reason", "{}", null)]
    [InlineData("respond", "status", "\"201\"", "201")]
    [InlineData("respond", "status", "2.01e2", "2.01e2")]
    [InlineData("respond", "status", "\"999\"", null)]
    [InlineData("respond", "status", "\"ok\"", null)]
    [InlineData("respond", "status", "true", null)]
    [InlineData("respond", "headers", "[]", null)]
    public async Task Input_WrittenOutOrByTemplate_IsJudgedAlike(string type, string input, string value, string? taken)
    {
        string Step(string given)
        {
            var more = type switch
            {
                "http.request" => $"\"url\": \"{StandIn.At("/fields")}\", ",
                "log" => "\"message\": \"x\", ",
                _ => "",
            };
            return $$"""[{ "id": "a", "type": "{{type}}", "with": { {{more}}"{{input}}": {{given}} } }]""";
        }

        var written = $$"""{ "schema": "flowpilot/v1", "name": "Test", "trigger": { "type": "manual" }, "steps": {{Step(value)}} }""";
        var check = WorkflowReader.Read(Encoding.UTF8.GetBytes(written), Hub.Get<StepCatalog>());
        Assert.Equal(taken is not null, check.Definition is not null);

        var execution = await Hub.RunAsync(Step("\"{{ trigger.body.value }}\""), $$"""{ "value": {{value}} }""");
        Assert.True((taken is null ? "failed" : "completed") == execution.Status(), execution.ToString());
        if (taken is not null)
        {
            Assert.Equal(taken, execution.Step("a").GetProperty("input").GetProperty(input).GetRawText());
        }
    }

    [Fact]
    public async Task Input_TextOfSeveralParts_StandsForANumberAndABoolean()
    {
        var execution = await RunAsync(
            """[{ "id": "a", "type": "respond", "with": { "status": "20{{ trigger.body.n }}", "headers": { "X-N": "{{ trigger.body.n }}" } } }]""",
            "a:completed",
            """{ "n": 1 }"""
        );
        Assert.Equal("""{"status":201,"headers":{"X-N":"1"},"body":null}""", execution.Step("a").GetProperty("output").GetRawText());
    }
}
