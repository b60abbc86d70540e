using System.Text;
using System.Text.Json;
using Hub.Routing.Graph;
using Hub.Routing.Templates;
using Hub.Routing.Tests.Workflows;

namespace Hub.Routing.Tests.Graph;

public sealed class BranchDecisionTests
{
    private const string Switch = """
        [ { "id": "s", "type": "switch", "default": "other",
            "cases": [ { "port": "one", "when": { "path": "$.item", "op": "equals", "value": 1 } },
              { "port": "two", "when": { "path": "$.item", "op": "equals", "value": 2 } } ] } ]
        """;

    [Theory]
    [InlineData("{ \"item\": 1 }", "true")]
    [InlineData("{}", "false")]
    public void Decide_If_TakesThePortOfItsResult(string data, string port) =>
        Assert.Equal(port, Decide("""[ { "id": "i", "type": "if", "when": { "path": "$.item", "op": "exists" } } ]""", data).Port);

    [Fact]
    public void Decide_Switch_ListsTheCasesTriedUpToTheMatch()
    {
        var decision = Decide(Switch, """{ "item": 1 }""");

        Assert.Equal("one", decision.Port);
        Assert.Equal("""{"port":"one","cases":[{"port":"one","when":{"path":"$.item","op":"equals","found":1,"value":1,"result":true}}]}""", Why(decision));
    }

    [Fact]
    public void Decide_SwitchWithoutMatch_TakesTheDefaultAndSaysSo()
    {
        var decision = Decide(Switch, """{ "item": 3 }""");
        var why = JsonElement.Parse(Why(decision));

        Assert.Equal("other", decision.Port);
        Assert.Equal(2, why.GetProperty("cases").GetArrayLength());
        Assert.True(why.GetProperty("default").GetBoolean());
    }

    [Fact]
    public void Decide_SwitchWithoutMatchOrDefault_TakesNoPort()
    {
        var decision = Decide("""[ { "id": "s", "type": "switch", "cases": [ { "port": "p", "when": { "path": "$.item", "op": "exists" } } ] } ]""", "{}");

        Assert.Null(decision.Port);
        Assert.Null(decision.Error);
        Assert.Equal(JsonValueKind.Null, JsonElement.Parse(Why(decision)).GetProperty("port").ValueKind);
    }

    [Fact]
    public void Decide_ConditionThatCannotBeDecided_FailsTheStep()
    {
        Assert.SkipWhen(Template.TryParse("{{ 1 + }}", out _, out _), "the template language in place cannot fail");
        const string Failing = """{ "path": "$.item", "op": "equals", "value": "{{ 1 / 0 }}" }""";
        foreach (var when in new[] { Failing, $$"""{ "not": {{Failing}} }""", $$"""{ "any": [ {{Failing}}, { "path": "$.item", "op": "exists" } ] }""" })
        {
            var decision = Decide($$"""[ { "id": "i", "type": "if", "when": {{when}} } ]""", """{ "item": 1 }""");

            Assert.Null(decision.Port);
            Assert.Contains("template", decision.Error, StringComparison.Ordinal);
            Assert.Equal(decision.Error, JsonElement.Parse(Why(decision)).GetProperty("error").GetString());
        }
    }

    [Fact]
    public void Decide_OrdinaryStep_IsRefused() => Assert.Throws<ArgumentException>(() => Decide("""[ { "id": "s", "type": "set" } ]""", "{}"));

    private static BranchDecision Decide(string steps, string data) => BranchDecision.Decide(Documents.Plan(steps).Steps[0], JsonElement.Parse(data));

    private static string Why(BranchDecision decision)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            decision.WriteWhy(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
