using Hub.Routing.Graph;
using Hub.Routing.Tests.Workflows;

namespace Hub.Routing.Tests.Graph;

public sealed class StepCertaintyTests
{
    /// <summary>Of an execution in which <c>a</c> completed and <c>b</c> took the port true.</summary>
    [Theory]
    [InlineData("""{ "id": "call", "type": "set", "after": ["b.true"] }""", null)]
    [InlineData("""{ "id": "call", "type": "set" }""", null)]
    [InlineData("""{ "id": "renamed", "type": "set", "after": ["b.true"] }""", "is gone")]
    [InlineData("""{ "id": "call", "type": "set", "after": ["b.false"] }""", "is on another branch")]
    [InlineData("""{ "id": "call", "type": "set", "after": ["a.error"] }""", "is on another branch")]
    [InlineData("""{ "id": "new", "type": "set", "after": ["b.false"] }, { "id": "call", "type": "set", "after": ["new"] }""", "is on another branch")]
    [InlineData("""{ "id": "new", "type": "set", "after": ["b.true"] }, { "id": "call", "type": "set", "after": ["new"] }""", null)]
    [InlineData(
        """{ "id": "new", "type": "set", "after": ["b.true"] }, { "id": "call", "type": "set", "after": ["new", "b.false"] }""",
        "is on another branch"
    )]
    [InlineData("""{ "id": "new", "type": "set", "after": ["b.true"] }, { "id": "call", "type": "set", "join": "any", "after": ["b.false", "new"] }""", null)]
    [InlineData(
        """{ "id": "new", "type": "set", "after": ["b.true"] }, { "id": "call", "type": "set", "after": ["new.error"] }""",
        "runs or not as 'new' decides"
    )]
    [InlineData(
        """
            { "id": "new", "type": "if", "after": ["a"], "when": { "path": "$.steps.a.output.x", "op": "exists" } },
            { "id": "next", "type": "set", "after": ["new.true"] },
            { "id": "call", "type": "set", "after": ["next", "b.true"] }
            """,
        "runs or not as 'new' decides"
    )]
    [InlineData(
        """
            { "id": "new", "type": "if", "after": ["a"], "when": { "path": "$.steps.a.output.x", "op": "exists" } },
            { "id": "one", "type": "set", "after": ["new.true"] }, { "id": "two", "type": "set", "after": ["one"] },
            { "id": "three", "type": "set", "after": ["one"] }, { "id": "call", "type": "set", "join": "any", "after": ["two", "three"] }
            """,
        "runs or not as 'new' decides"
    )]
    [InlineData("""{ "id": "end", "type": "stop" }, { "id": "call", "type": "set" }""", "runs or not as 'end' decides")]
    [InlineData("""{ "id": "end", "type": "stop", "after": ["a"] }, { "id": "call", "type": "set", "after": ["b.true"] }""", "runs or not as 'end' decides")]
    [InlineData("""{ "id": "end", "type": "stop", "after": ["b.false"] }, { "id": "call", "type": "set", "after": ["b.true"] }""", null)]
    [InlineData("""{ "id": "call", "type": "set", "after": ["b.true"] }, { "id": "end", "type": "stop", "after": ["call"] }""", null)]
    [InlineData("""{ "id": "call", "type": "set", "after": ["b.true"] }, { "id": "end", "type": "stop", "after": ["call.error"] }""", null)]
    [InlineData(
        """
            { "id": "side", "type": "set", "after": ["a"] },
            { "id": "end", "type": "stop", "after": ["side"] }, { "id": "call", "type": "set", "after": ["b.true"] }
            """,
        "runs or not as 'end' decides"
    )]
    [InlineData(
        """
            { "id": "side", "type": "set", "after": ["a"] }, { "id": "call", "type": "set", "after": ["b.true"] },
            { "id": "next", "type": "set", "after": ["call"] }, { "id": "end", "type": "stop", "after": ["side", "next"] }
            """,
        null
    )]
    [InlineData(
        """
            { "id": "side", "type": "set", "after": ["a"] }, { "id": "call", "type": "set", "after": ["b.true"] },
            { "id": "end", "type": "stop", "join": "any", "after": ["side", "call"] }
            """,
        "runs or not as 'end' decides"
    )]
    [InlineData(
        """
            { "id": "call", "type": "set", "after": ["b.true"] }, { "id": "next", "type": "set", "after": ["call"] },
            { "id": "end", "type": "stop", "join": "any", "after": ["b.false", "next"] }
            """,
        null
    )]
    public void WhyNot_OfAStepThatFailed_SaysWhetherItRuns(string rest, string? why)
    {
        var plan = Documents.Plan(
            $$"""
            [ { "id": "a", "type": "set", "with": { "x": 1 } },
              { "id": "b", "type": "if", "after": ["a"], "when": { "path": "$.steps.a.output.x", "op": "equals", "value": 1 } },
              {{rest}} ]
            """
        );
        Assert.Equal(why, new StepCertainty(plan, new Dictionary<string, string?> { ["b"] = "true", ["a"] = null }, []).WhyNot("call"));
    }

    [Theory]
    [InlineData("a.error", null)]
    [InlineData("a", "is on another branch")]
    public void WhyNot_BehindAStepWhoseErrorWasHandled_FollowsItsErrorPort(string after, string? why)
    {
        var plan = Documents.Plan(
            $$"""
            [ { "id": "a", "type": "set" }, { "id": "mend", "type": "set", "after": ["a.error"] }, { "id": "call", "type": "set", "after": ["{{after}}"] } ]
            """
        );
        Assert.Equal(why, new StepCertainty(plan, new Dictionary<string, string?>(), ["a"]).WhyNot("call"));
    }
}
