using System.Text;
using System.Text.Json;
using Hub.Routing.JsonPath;

namespace Hub.Routing.Tests.JsonPath;

/// <summary>Hostile queries and documents end with a clear answer, in bounded time and without exhausting the stack.</summary>
public sealed class BoundedEvaluationTests
{
    private const int SmallStack = 256 * 1024;

    private static readonly JsonElement s_wide = JsonSerializer.SerializeToElement(
        Enumerable.Range(0, 2_000).Select(i => new { id = i, s = new string('a', 100) })
    );

    [Theory]
    [InlineData("$..*..*..*")]
    [InlineData("$..[?count(@..*) > 0]..*")]
    [InlineData("$..[?@ == @][?@ == @]")]
    [InlineData("$..*[*,*,*,*][*,*,*,*][*,*,*,*][*,*,*,*][*,*,*,*]")]
    public void Select_ManyVisits_StopsAtTheBudget(string text)
    {
        var deep = s_wide.GetRawText();
        for (var i = 0; i < 60; i++)
        {
            deep = $"[{deep},[]]";
        }

        using var document = JsonDocument.Parse(deep, new JsonDocumentOptions { MaxDepth = 100 });
        Assert.Throws<JsonPathBudgetException>(() => JsonPathQuery.Parse(text).Select(document.RootElement));
    }

    [Fact]
    public void Select_WithinItsLimits_FailsOnlyBelowTheVisits()
    {
        var query = JsonPathQuery.Parse("$[*].id");
        Assert.Equal(2_000, query.Select(s_wide, new JsonPathLimits { VisitedNodes = 4_000 }).Count);
        var error = Assert.Throws<JsonPathBudgetException>(() => query.Select(s_wide, new JsonPathLimits { VisitedNodes = 3_999 }));
        Assert.Equal(3_999, error.VisitedNodes);
        Assert.Contains("3999", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_PatternsOfTheDocument_AreChargedWhenNew()
    {
        var patterns = JsonSerializer.SerializeToElement(Enumerable.Range(0, 40_000).Select(i => $"a{i}(b|c)*"));
        Assert.Throws<JsonPathBudgetException>(() => JsonPathQuery.Parse("$[?match('x', @)]").Select(patterns));
    }

    [Fact]
    public void Select_CostlyPatternOnALongText_StopsAtTheBudget()
    {
        var document = JsonSerializer.SerializeToElement(new[] { new string('a', 2_000_000) });
        Assert.Throws<JsonPathBudgetException>(() => JsonPathQuery.Parse("$[?search(@, 'a.{900}b')]").Select(document));
        Assert.Empty(JsonPathQuery.Parse("$[?search(@, '(a*)*b')]").Select(document));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Select_VeryDeepDocument_NeedsNoCallStack(string open, string close)
    {
        const int Depth = 10_000;
        var json = new StringBuilder().Insert(0, open, Depth).Append('1').Insert(Depth * open.Length + 1, close, Depth).ToString();
        Exception? error = null;
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Depth + 1 });
        var thread = new Thread(() => error = Record.Exception(() => SelectAll(document.RootElement, Depth)), SmallStack);
        thread.Start();
        thread.Join();
        Assert.Null(error);
    }

    private static void SelectAll(JsonElement root, int depth)
    {
        Assert.Equal(depth, JsonPathQuery.Parse("$..*").Select(root).Count);
        Assert.Single(JsonPathQuery.Parse("$[?@ == @]").Select(root));
        Assert.Throws<JsonPathBudgetException>(() => JsonPathQuery.Parse("$..*").SelectWithPaths(root));
        Assert.Single(JsonPathQuery.Parse("$" + string.Concat(Enumerable.Repeat(".*", depth))).Select(root));
    }

    [Fact]
    public void Parse_LongQueries_NeedNoCallStack()
    {
        Assert.True(JsonPathQuery.Parse("$" + string.Concat(Enumerable.Repeat(".a", 30_000))).IsSingular);
        JsonPathQuery.Parse($"$[?{string.Join("&&", Enumerable.Repeat("@.a", 13_000))}]").Select(s_wide);
        JsonPathQuery.Parse($"$[{string.Join(',', Enumerable.Repeat("0", 30_000))}]").Select(s_wide);
    }

    [Theory]
    [InlineData("(", 61)]
    [InlineData("!(", 61)]
    [InlineData("@[?", 61)]
    [InlineData("length(", 61)]
    public void Parse_Nesting_IsLimited(string open, int allowed)
    {
        var close = open.EndsWith('[') || open.EndsWith('?') ? "]" : ")";
        string Nested(int levels) =>
            $"$[?{string.Concat(Enumerable.Repeat(open, levels))}@{string.Concat(Enumerable.Repeat(close, levels))}{(open == "length(" ? "==1" : "")}]";
        JsonPathQuery.Parse(Nested(allowed)).Select(s_wide);
        var error = Assert.Throws<JsonPathException>(() => JsonPathQuery.Parse(Nested(20_000 / open.Length)));
        Assert.Contains("nested", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLongQuery_IsRefused()
    {
        var error = Assert.Throws<JsonPathException>(() => JsonPathQuery.Parse("$['" + new string('a', 70_000) + "']"));
        Assert.Contains("65536", error.Message, StringComparison.Ordinal);
    }
}
