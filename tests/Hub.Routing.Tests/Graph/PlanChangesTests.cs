using Hub.Routing.Graph;
using Hub.Routing.Tests.Workflows;

namespace Hub.Routing.Tests.Graph;

public sealed class PlanChangesTests
{
    private const string Before = """
        [ { "id": "a", "type": "set", "with": { "x": 1, "y": "{{ trigger.body.y }}" } },
          { "id": "b", "type": "if", "after": [ "a" ], "when": { "path": "$.steps.a.output.x", "op": "equals", "value": 1 } },
          { "id": "c", "type": "set", "after": [ "b.true", "a" ] },
          { "id": "d", "type": "set", "after": [ "c" ] },
          { "id": "e", "type": "set", "after": [ "c.error" ] } ]
        """;

    [Theory]
    [InlineData("a", null, "\"x\": 1", "\"x\":1.0")]
    [InlineData("a", "its inputs were changed", "\"x\": 1", "\"x\": 2")]
    [InlineData("a", "its inputs were changed", "{{ trigger.body.y }}", "{{ trigger.body.z }}")]
    [InlineData("a", "its type is log now, not set", "\"type\": \"set\", \"with\": { \"x\": 1, \"y\"", "\"type\": \"log\", \"with\": { \"message\"")]
    [InlineData("a", null, "\"after\": [ \"c\" ]", "\"after\": [ \"b.false\" ]")]
    [InlineData("b", "its conditions were changed", "\"value\": 1", "\"value\": 2")]
    [InlineData("b", "it follows other steps now", "\"after\": [ \"a\" ], \"when\"", "\"after\": [ \"a\" ], \"join\": \"any\", \"when\"")]
    [InlineData("c", null, "[ \"b.true\", \"a\" ]", "[ \"a\", \"b.true\" ]")]
    [InlineData("c", "it follows other steps now", "[ \"b.true\", \"a\" ]", "[ \"b.true\" ]")]
    [InlineData("c", "it follows other steps now", "[ \"b.true\", \"a\" ]", "[ \"b.true\", \"a\" ], \"join\": \"any\"")]
    [InlineData("d", "it is not there any more", "\"id\": \"d\"", "\"id\": \"d2\"")]
    [InlineData("c", null, "{ \"id\": \"a\"", "{ \"id\": \"new\", \"type\": \"set\" }, { \"id\": \"a\"")]
    public void Of_OneEdit_SaysWhatChangedAboutTheStep(string step, string? change, string text, string by)
    {
        var after = Before.Replace(text, by, StringComparison.Ordinal);
        Assert.NotEqual(Before, after);
        Assert.Equal(change, PlanChanges.Between(Documents.Plan(Before), Documents.Plan(after)).Of(step, hasFailed: false));
    }

    [Fact]
    public void Of_AFailedStepWhoseErrorNothingHandlesAnyMore_IsAChange()
    {
        var after = Before.Replace("\"c.error\"", "\"c\"", StringComparison.Ordinal);
        var changes = PlanChanges.Between(Documents.Plan(Before), Documents.Plan(after));
        Assert.Equal("nothing handles its error any more", changes.Of("c", hasFailed: true));
        Assert.Null(changes.Of("c", hasFailed: false));
        Assert.Null(PlanChanges.Between(Documents.Plan(Before), Documents.Plan(Before)).Of("c", hasFailed: true));
    }

    [Fact]
    public void Of_OtherTries_IsNoChange()
    {
        const string Call = """[ { "id": "call", "type": "http.request", "with": { "url": "https://example.com" }, "timeout": "5s" } ]""";
        var after = Call.Replace("\"timeout\": \"5s\"", "\"timeout\": \"9s\", \"retry\": { \"attempts\": 9 }, \"name\": \"Calls\"", StringComparison.Ordinal);
        Assert.Null(PlanChanges.Between(Documents.Plan(Call), Documents.Plan(after)).Of("call", hasFailed: false));
    }

    [Theory]
    [InlineData("{{ vars.used }}", true)]
    [InlineData("{{ vars.other }}", false)]
    [InlineData("{{ vars.usedUp }}", false)]
    [InlineData("{{ vars[trigger.body.name] }}", true)]
    [InlineData("plain", false)]
    public void Of_VarsThatChanged_IsAChangeOfTheStepsThatReadThem(string input, bool isChanged)
    {
        var steps = $$"""[ { "id": "a", "type": "set", "with": { "x": "{{input}}" } } ]""";
        var change = PlanChanges.Between(Plan(steps, "before"), Plan(steps, "after")).Of("a", hasFailed: false);
        Assert.Equal(isChanged ? "the vars that it reads were changed" : null, change);
        Assert.Null(PlanChanges.Between(Plan(steps, "same"), Plan(steps, "same")).Of("a", hasFailed: false));

        static WorkflowPlan Plan(string steps, string value) =>
            WorkflowPlan.Compile(Documents.Read(steps, $$""", "vars": { "used": "{{value}}", "other": 1, "usedUp": 2 }""").Definition!);
    }
}
