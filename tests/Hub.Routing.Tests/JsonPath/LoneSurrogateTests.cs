using System.Text.Json;
using Hub.Routing.JsonPath;

namespace Hub.Routing.Tests.JsonPath;

/// <summary>JSON text may hold half a surrogate pair as an escape; it reads as U+FFFD and never throws.</summary>
public sealed class LoneSurrogateTests
{
    private static readonly JsonElement s_document = JsonElement.Parse(
        """{"\ud800":1,"a":"x\udc00y","x\ud800z":{"k":"\ud800"},"\ud83d\ude00":"\ud83d\ude00"}"""
    );

    [Theory]
    [InlineData("$.a", "$['a']")]
    [InlineData("$.b", "")]
    [InlineData("$.*.k", "$['x\uFFFDz']['k']")]
    [InlineData("$['x\uFFFDz'].k", "$['x\uFFFDz']['k']")]
    [InlineData("$['\\uFFFD']", "$['\uFFFD']")]
    [InlineData("$..k", "$['x\uFFFDz']['k']")]
    [InlineData("$['\\ud83d\\ude00']", "$['😀']")]
    [InlineData("$[?@ == 'x\\uFFFDy']", "$['a']")]
    [InlineData("$[?length(@) == 3]", "$['a']")]
    [InlineData("$[?match(@, 'x.y')]", "$['a']")]
    [InlineData("$[?@.k < 'a']", "")]
    [InlineData("$[?@ == $['x\\uFFFDz']]", "$['x\uFFFDz']")]
    [InlineData("$[?match('a', @)]", "")]
    public void Query_OverLoneSurrogates_ReadsThemAsReplacements(string text, string paths)
    {
        var query = JsonPathQuery.Parse(text);
        Assert.Equal(paths, string.Join(' ', query.SelectWithPaths(s_document).Select(n => n.Path)));
        Assert.Equal(paths.Length > 0, query.TrySelectSingle(s_document, out _));
    }

    [Fact]
    public void Query_WithHalfAPair_IsRefused()
    {
        foreach (var text in new[] { "$.a\uD800", "$['\uDC00']", "$.\uDC00\uD800", "$[?@ == \"\uD800x\"]" })
        {
            Assert.False(JsonPathQuery.TryParse(text, out _, out _));
        }
    }
}
