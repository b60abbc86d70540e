using System.Text;
using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.JsonPath;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Conditions;

/// <summary>An error names its place once, counts from one, and ends its sentence.</summary>
public sealed class JsonSyntaxErrorTests
{
    [Theory]
    [InlineData("", "line 1, column 1: there is nothing")]
    [InlineData("  \n ", "line 2, column 2: there is nothing")]
    [InlineData("{\"a\":1,}", "line 1, column 8: there is a comma with nothing behind it")]
    [InlineData("[1,\n 2,\n]", "line 3, column 1: there is a comma with nothing behind it")]
    [InlineData("{\"ä€\":1 \"b\":2}", "line 1, column 9: '\"' cannot stand here")]
    [InlineData("{\n  // why\n}", "line 2, column 3: comments are not part of JSON")]
    [InlineData("{'a':1}", "line 1, column 2: names and texts stand in double quotes")]
    [InlineData("{\"a\":[1", "line 1, column 8: it ends here, before it is complete")]
    [InlineData("{} x", "line 1, column 4: 'x' cannot stand here")]
    [InlineData("{\"a\":\"b\nc\"}", "line 1, column 8: a line break or another control character cannot stand in a text; write it as \\n or \\u000a")]
    [InlineData("[[[[[1]]]]]", "line 1, column 5: it is nested too deep here")]
    public void Of_Malformed_SaysWhereAndWhyInPlainWords(string json, string expected) => Assert.Equal(expected, ErrorOf(json).ToString());

    [Theory]
    [InlineData("""{ "$path": "$.trigger.body.a[" }""", "The path is not valid at character 18: ")]
    [InlineData("""{ "$path": "trigger" }""", "The path is not valid at character 1: ")]
    public void Document_WithABadPath_CountsOnceAndEndsItsSentenceOnce(string input, string start)
    {
        var check = WorkflowReader.Read(
            Encoding.UTF8.GetBytes(
                $$"""
                { "schema": "flowpilot/v1", "name": "n", "trigger": { "type": "manual" },
                "steps": [ { "id": "a", "type": "set", "with": { "x": {{input}} } } ] }
                """
            ),
            new Workflows.TestCatalog()
        );
        var message = Assert.Single(check.Errors).Message;
        Assert.StartsWith(start, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", message, StringComparison.Ordinal);
        Assert.DoesNotContain("osition", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_Malformed_CountsFromOne()
    {
        Assert.False(JsonPathQuery.TryParse("$.a b", out _, out var error));
        Assert.StartsWith($"At character {error.Position + 1}: expected ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(error.Problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_NotJson_SaysSoInAWholeSentence() =>
        Assert.Equal(
            "This is not JSON: line 1, column 8: there is a comma with nothing behind it.",
            Assert.Single(WorkflowReader.Read("{\"a\":1,}"u8.ToArray(), new Workflows.TestCatalog()).Errors).Message
        );

    private static JsonSyntaxError ErrorOf(string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 4 });
            while (reader.Read())
            {
                // Only the error is of interest.
            }
        }
        catch (JsonException e)
        {
            return JsonSyntaxError.Of(e, utf8);
        }

        throw new InvalidOperationException("It is JSON.");
    }
}
