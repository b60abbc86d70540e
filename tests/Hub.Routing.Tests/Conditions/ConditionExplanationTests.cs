using System.Text.Json;
using static Hub.Routing.Tests.Conditions.ConditionRulesTests;

namespace Hub.Routing.Tests.Conditions;

public sealed class ConditionExplanationTests
{
    [Theory]
    [InlineData("5", """{ "path": "$.x", "op": "equals", "value": 5.0 }""", """{"path":"$.x","op":"equals","found":5,"value":5.0,"result":true}""")]
    [InlineData(
        "\"5\"",
        """{ "path": "$.x", "op": "greater_than", "value": 5 }""",
        """{"path":"$.x","op":"greater_than","found":"5","value":5,"result":false,"note":"types differ: string vs number"}"""
    )]
    [InlineData(
        "-",
        """{ "path": "$.x", "op": "equals", "value": 5 }""",
        """{"path":"$.x","op":"equals","absent":true,"value":5,"result":false,"note":"the path selects nothing"}"""
    )]
    [InlineData("-", """{ "path": "$.x", "op": "exists" }""", """{"path":"$.x","op":"exists","absent":true,"result":false}""")]
    [InlineData(
        "1",
        """{ "path": "$.x", "op": "equals", "value": { "$path": "$.x" } }""",
        """{"path":"$.x","op":"equals","found":1,"value":1,"valueFrom":"$.x","result":true}"""
    )]
    [InlineData(
        "1",
        """{ "path": "$.x", "op": "equals", "value": { "$path": "$.y" } }""",
        """{"path":"$.x","op":"equals","found":1,"valueFrom":"$.y","result":false,"note":"the path of the value selects nothing"}"""
    )]
    [InlineData(
        "\"A\"",
        """{ "path": "$.x", "op": "equals", "value": "a", "ignoreCase": true }""",
        """{"path":"$.x","op":"equals","found":"A","value":"a","ignoreCase":true,"result":true}"""
    )]
    [InlineData(
        "1",
        """{ "any": [ { "path": "$.x", "op": "exists" }, { "path": "$.y", "op": "exists" }, { "path": "$.z", "op": "exists" } ] }""",
        """{"any":[{"path":"$.x","op":"exists","found":1,"result":true}],"notEvaluated":2,"result":true}"""
    )]
    [InlineData(
        "1",
        """{ "not": { "all": [ { "path": "$.x", "op": "exists" } ] } }""",
        """{"not":{"all":[{"path":"$.x","op":"exists","found":1,"result":true}],"result":true},"result":false}"""
    )]
    public void WriteTo_Condition_TellsWhatWasFoundAndWhy(string found, string condition, string expected) =>
        Assert.Equal(expected, Explain(Evaluate(found, condition)));

    [Fact]
    public void WriteTo_LongValues_AreCut()
    {
        var text = Explain(Evaluate($"\"{new string('x', 199)}😀{new string('y', 10_000)}\"", """{ "path": "$.x", "op": "exists" }"""));
        var found = JsonElement.Parse(text).GetProperty("found").GetString()!;
        Assert.Equal(new string('x', 199) + "😀…", found);

        var names = Explain(Evaluate($"[\"{string.Concat(Enumerable.Repeat("👩‍👧", 500))}\"]", """{ "path": "$.x", "op": "exists" }"""));
        var shown = JsonElement.Parse(names).GetProperty("found").GetString()!;
        Assert.True(shown.EndsWith('…') && !shown.Contains('\uFFFD'), shown);

        var big = Explain(Evaluate($"[{string.Join(',', Enumerable.Range(0, 10_000))}]", """{ "path": "$.x", "op": "exists" }"""));
        Assert.InRange(big.Length, 200, 400);
        Assert.EndsWith("…", JsonElement.Parse(big).GetProperty("found").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteTo_SmallObject_IsShownAsItIs() =>
        Assert.Contains("\"found\":{\"a\":[1]}", Explain(Evaluate("{\"a\":[1]}", """{ "path": "$.x", "op": "exists" }""")), StringComparison.Ordinal);
}
