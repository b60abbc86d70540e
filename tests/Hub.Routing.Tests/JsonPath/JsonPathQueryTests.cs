using System.Text.Json;
using Hub.Routing.JsonPath;

namespace Hub.Routing.Tests.JsonPath;

public sealed class JsonPathQueryTests
{
    private static readonly JsonElement s_document = JsonElement.Parse("""{"steps":{"fetch":{"output":{"x":[{"id":7},{"id":8}]}}}}""");

    [Theory]
    [InlineData("$.steps.fetch.output.x[0].id", true, "steps,fetch,output,x")]
    [InlineData("$", true, "")]
    [InlineData("$[0].a", true, "")]
    [InlineData("$['steps']['a','b'].c", false, "steps")]
    [InlineData("$.steps..fetch", false, "steps")]
    [InlineData("$.steps[*].a", false, "steps")]
    public void Parse_OfAnyQuery_TellsItsShape(string text, bool isSingular, string names)
    {
        var query = JsonPathQuery.Parse(text);
        Assert.Equal(isSingular, query.IsSingular);
        Assert.Equal(names, string.Join(',', query.LeadingNames));
        Assert.Equal(text, query.ToString());
    }

    [Fact]
    public void TrySelectSingle_SingularQuery_AllocatesNothing()
    {
        var query = JsonPathQuery.Parse("$.steps.fetch.output.x[-1].id");
        Assert.True(query.TrySelectSingle(s_document, out var id));
        Assert.Equal(8, id.GetInt32());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            query.TrySelectSingle(s_document, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void TrySelectSingle_ManyMatches_GivesTheFirst()
    {
        Assert.True(JsonPathQuery.Parse("$..id").TrySelectSingle(s_document, out var id));
        Assert.Equal(7, id.GetInt32());
        Assert.False(JsonPathQuery.Parse("$..[?@.id > 8]").TrySelectSingle(s_document, out _));
    }

    [Fact]
    public void Select_UndefinedRoot_SelectsNothing()
    {
        var query = JsonPathQuery.Parse("$");
        Assert.Empty(query.Select(default));
        Assert.Empty(query.SelectWithPaths(default));
        Assert.False(query.TrySelectSingle(default, out _));
    }

    [Fact]
    public void Parse_PatternThatNeverMatches_Warns()
    {
        var warning = Assert.Single(JsonPathQuery.Parse(@"$[?@.a || search(@.b, '\\d+')]").Warnings);
        Assert.Equal(10, warning.Position);
        Assert.Contains("[0-9]", warning.Message, StringComparison.Ordinal);
        Assert.Empty(JsonPathQuery.Parse("$[?search(@.b, '[0-9]+')]").Warnings);
    }

    [Fact]
    public async Task Select_FromManyThreads_GivesEachItsOwnAnswer()
    {
        var query = JsonPathQuery.Parse("$[?search(@.s, $[0].p) && @.n == count($[*])]");
        await Parallel.ForAsync(1, 200, async (length, _) =>
        {
            await Task.Yield();
            var items = Enumerable
                .Range(0, length)
                .Select(i => new
                {
                    s = $"item {i}",
                    p = "^item",
                    n = i + 1,
                });
            var found = query.Select(JsonSerializer.SerializeToElement(items));
            Assert.Equal(length, Assert.Single(found).GetProperty("n").GetInt32());
        });
    }
}
