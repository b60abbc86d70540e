using System.Text;
using System.Text.Json;
using Hub.Routing.Graph;
using Hub.Routing.Tests.Workflows;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Graph;

public sealed class TriggerDecisionTests
{
    private const string Filter = """ "filter": { "path": "$.trigger.body.amount", "op": "greater_than", "value": { "$path": "$.vars.least" } } """;
    private const string Schema = """ "schema": { "type": "object", "required": [ "amount" ], "properties": { "amount": { "type": "number" } } } """;

    [Theory]
    [InlineData("{ \"amount\": 6 }", TriggerOutcome.Accepted)]
    [InlineData("{ \"amount\": 5 }", TriggerOutcome.FilteredOut)]
    [InlineData("{ \"amount\": \"6\" }", TriggerOutcome.SchemaUnfulfilled)]
    [InlineData("{}", TriggerOutcome.SchemaUnfulfilled)]
    [InlineData("null", TriggerOutcome.SchemaUnfulfilled)]
    public void Decide_SchemaAndFilter_BothCount(string body, TriggerOutcome outcome) => Assert.Equal(outcome, Decide($"{Filter}, {Schema}", body).Outcome);

    [Fact]
    public void Decide_WithoutSchemaAndFilter_TakesEverything()
    {
        var decision = Decide(string.Empty, "null");

        Assert.Equal(TriggerOutcome.Accepted, decision.Outcome);
        Assert.Equal("""{"outcome":"accepted"}""", Why(decision));
    }

    [Fact]
    public void WriteWhy_FilteredOut_ExplainsTheFilter() =>
        Assert.Equal(
            """
            {"outcome":"filtered_out","filter":{"path":"$.trigger.body.amount","op":"greater_than","found":5,"value":5,
            "valueFrom":"$.vars.least","result":false}}
            """.ReplaceLineEndings(""),
            Why(Decide(Filter, "{ \"amount\": 5 }"))
        );

    [Fact]
    public void WriteWhy_SchemaUnfulfilled_NamesPlacesAndKeywords() =>
        Assert.Equal(
            """{"outcome":"schema_unfulfilled","schema":[{"pointer":"/amount","keyword":"type","message":"This must be a number, and is null."}]}""",
            Why(Decide($"{Filter}, {Schema}", "{ \"amount\": null }"))
        );

    [Fact]
    public void Decide_FilterThatFails_IsNeitherTrueNorFalse()
    {
        foreach (var condition in new[] { "{0}", """{ "not": {0} }""" })
        {
            var filter = condition.Replace("{0}", """{ "path": "$.trigger.body.x", "op": "equals", "value": "{{ 1 / 0 }}" }""", StringComparison.Ordinal);
            var decision = Decide($"\"filter\": {filter}", "{ \"x\": 1 }");

            Assert.Equal(TriggerOutcome.Undecided, decision.Outcome);
            Assert.Contains("template", decision.Error, StringComparison.Ordinal);
            Assert.Equal(decision.Error, JsonElement.Parse(Why(decision)).GetProperty("error").GetString());
        }
    }

    [Fact]
    public void Decide_NoBody_DoesNotFulfilASchema()
    {
        var decision = TriggerDecision.Decide(Plan(Schema), JsonElement.Parse("""{ "trigger": {} }"""));

        Assert.Equal("required", Assert.Single(decision.SchemaErrors).Keyword);
    }

    [Fact]
    public void Compile_Plan_OffersBothCompiled()
    {
        var plan = Plan($"{Filter}, {Schema}");

        Assert.Single(plan.TriggerSchema!.Check(JsonElement.Parse("{}")));
        Assert.True(plan.TriggerFilter!.Evaluate(JsonElement.Parse("""{ "trigger": { "body": { "amount": 6 } }, "vars": { "least": 5 } }""")).Value);
        Assert.Null(Plan(string.Empty).TriggerSchema);
        Assert.Null(Plan(string.Empty).TriggerFilter);
    }

    private static TriggerDecision Decide(string trigger, string body) =>
        TriggerDecision.Decide(Plan(trigger), JsonElement.Parse($$"""{ "trigger": { "body": {{body}} }, "workflow": {}, "vars": { "least": 5 } }"""));

    private static WorkflowPlan Plan(string trigger)
    {
        var document = $$"""
            { "schema": "flowpilot/v1", "name": "Test", "vars": { "least": 5 }, "trigger": { "type": "webhook", "source": "x"{{(
                trigger.Length > 0 ? "," : ""
            )}} {{trigger}} },
              "steps": [ { "id": "a", "type": "set" } ] }
            """;
        var check = WorkflowReader.Read(Encoding.UTF8.GetBytes(document), new TestCatalog());
        Assert.Empty(check.Errors);
        return WorkflowPlan.Compile(check.Definition!);
    }

    private static string Why(TriggerDecision decision)
    {
        using var stream = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        )
        {
            decision.WriteWhy(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
