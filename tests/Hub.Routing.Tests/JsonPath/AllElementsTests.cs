using System.Text.Json;
using Hub.Routing.JsonPath;

namespace Hub.Routing.Tests.JsonPath;

public sealed class AllElementsTests
{
    [Theory]
    [InlineData("$", """{"a":1}""", """{"a":1}""")]
    [InlineData("$.a", """{"a":1}""", "1")]
    [InlineData("$.b", """{"a":1}""", "none")]
    [InlineData("$[1].id", """[{"id":1},{"id":2},{"x":3}]""", "( 1 2 none )")]
    [InlineData("$[-1].id", """[{"id":1},{"id":null},7]""", "( 1 null none )")]
    [InlineData("$[0].id", "[]", "( none )")]
    [InlineData("$[0][0]", "[[1],[2]]", "( ( 1 ) ( 2 ) )")]
    [InlineData("$[0][0]", "[[1,2]]", "( ( 1 2 ) )")]
    [InlineData("$[0].id", """{"0":{"id":1}}""", "none")]
    [InlineData("$['0'].id", """[{"id":1}]""", "none")]
    [InlineData("$.a[5].b[6]", """{"a":[{"b":[1,2]},{"b":[]},{"b":[3]}]}""", "( ( 1 2 ) ( none ) ( 3 ) )")]
    public void SelectOfAllElements_OfASingularQuery_TakesEachIndexForEveryElement(string path, string document, string expected)
    {
        var found = new List<string>();
        using var root = JsonDocument.Parse(document);
        JsonPathQuery
            .Parse(path)
            .SelectOfAllElements(
                root.RootElement,
                found,
                static (value, found) => found.Add(value?.GetRawText() ?? "none"),
                static (begins, found) => found.Add(begins ? "(" : ")")
            );
        Assert.Equal(expected, string.Join(' ', found));
    }
}
