namespace Hub.Signatures.Tests;

public sealed class DedupeRuleTests
{
    [Theory]
    [InlineData("header:X-GitHub-Delivery", true)]
    [InlineData("header-alone:X-GitHub-Delivery", true)]
    [InlineData("body:/event_id", true)]
    [InlineData("signed", true)]
    [InlineData("header:", false)]
    [InlineData("header-alone:", false)]
    [InlineData("header-alone:X Y", false)]
    [InlineData("header:X Y", false)]
    [InlineData("body:$.id", false)]
    [InlineData("query:id", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParse_Text_IsWrittenAgainAsItWas(string? text, bool expected)
    {
        Assert.Equal(expected, DedupeRule.TryParse(text, out var rule));
        Assert.Equal(expected ? text : null, rule?.ToString());
    }

    [Fact]
    public void IdOf_Header_AnyCase()
    {
        Assert.Equal("72d3162e", IdOf("header:X-GitHub-Delivery", " 72d3162e "));
        Assert.Equal("72d3162e", IdOf("header-alone:X-GitHub-Delivery", "72d3162e"));
        Assert.Null(IdOf("header:X-GitHub-Delivery", ""));
        Assert.Null(IdOf("header:X-Other", "72d3162e"));
        Assert.Null(IdOf("signed", "72d3162e"));
    }

    [Fact]
    public void IdOf_TooLong_Hashed()
    {
        Assert.Equal(512, IdOf("header:X-GitHub-Delivery", new string('a', 512))!.Length);
        var key = IdOf("header:X-GitHub-Delivery", new string('a', 513))!;
        Assert.StartsWith("text:", key, StringComparison.Ordinal);
        Assert.NotEqual(key, IdOf("header:X-GitHub-Delivery", new string('a', 514)));
    }

    [Theory]
    [InlineData("body:/0/id", """[{"id":"a"},{"id":"b"}]""", """[{"id":"a"},{"id":"b"}]""", true)]
    [InlineData("body:/0/id", """[{"id":"a"},{"id":"b"}]""", """[{"id":"a"},{"id":"c"}]""", false)]
    [InlineData("body:/0/id", """[{"id":"a"},{"id":"b"}]""", """[{"id":"a"}]""", false)]
    [InlineData("body:/0/id", """[{"id":"a"},{"id":"b"}]""", """[{"id":"a"},{"id":"b"},{}]""", false)]
    [InlineData("body:/0/id", """[{"id":"a"},{"id":"bc"}]""", """[{"id":"ab"},{"id":"c"}]""", false)]
    [InlineData("body:/0/id", """[{"id":"a","x":1}]""", """[{"x":2,"id":"a"}]""", true)]
    [InlineData("body:/events/0/id", """{"events":[{"id":1},{"id":2}]}""", """{"events":[{"id":1},{"id":3}]}""", false)]
    [InlineData("body:/events/0/id", """{"events":[{"id":7},{"id":8}],"events":[{"id":1},{"id":2}]}""", """{"events":[{"id":1},{"id":2}]}""", true)]
    [InlineData("body:/events/0/id", """{"events":[{"id":1}]}""", """{"events":[{"id":1},{}]}""", false)]
    [InlineData("body:/events/0/id", """{"events":[{"id":1}]}""", """{"events":[{"id":1},7]}""", false)]
    [InlineData("body:/entry/0/changes/0/id", """{"entry":[{"changes":[{"id":1},{"id":2}]}]}""", """{"entry":[{"changes":[{"id":1},{"id":3}]}]}""", false)]
    [InlineData(
        "body:/entry/0/changes/0/id",
        """{"entry":[{"changes":[{"id":1}]},{"changes":[{"id":2},{"id":3}]}]}""",
        """{"entry":[{"changes":[{"id":1}]},{"changes":[{"id":2},{"id":4}]}]}""",
        false
    )]
    [InlineData(
        "body:/entry/0/changes/0/id",
        """{"entry":[{"changes":[{"id":1},{"id":2}],"time":5}]}""",
        """{"entry":[{"time":6,"changes":[{"id":1},{"id":2}]}]}""",
        true
    )]
    [InlineData("body:/entry/0/changes/0/id", """{"entry":[{"changes":[{"id":1}]}]}""", """{"entry":[{"changes":[{"id":1}]},{"changes":[]}]}""", false)]
    [InlineData("body:/0/id", """[{"id":1},{"a":1}]""", """[{"id":1},{"a":2}]""", false)]
    [InlineData("body:/0/id", """[{"id":1},{"id":null,"a":1}]""", """[{"id":1},{"id":null,"a":2}]""", false)]
    [InlineData("body:/0/id", """[{"id":1},{"a":1}]""", """[{"id":1},{"a":1}]""", true)]
    [InlineData("body:/value/0/id", """{"value":[{"id":"n1","r":1},{"r":2}]}""", """{"value":[{"id":"n1","r":1},{"r":3}]}""", false)]
    [InlineData("body:/1/id", """[{"id":"a"},{"id":"b"}]""", """[{"id":"c"},{"id":"b"}]""", false)]
    [InlineData("body:/0/id", "[{},{}]", "[{},{}]", true)]
    [InlineData("body:/0/id", "[{},{}]", "[{},{},{}]", false)]
    [InlineData("body:/0/id", "[]", "[]", true)]
    [InlineData("body:/0/id", """[{"id":null,"x":1}]""", """[{"id":null,"x":1}]""", true)]
    [InlineData("body:/0/id", """[{"id":null,"x":1}]""", """[{"id":null,"x":2}]""", false)]
    [InlineData("body:/0/id", """[{"id":"","x":1},{"id":"a"}]""", """[{"id":"","x":2},{"id":"a"}]""", false)]
    [InlineData("body:/0/id", """[{"id":" ","x":1}]""", """[{"id":" ","x":2}]""", false)]
    [InlineData("body:/0/id", """[{"id":"\ud800","x":1},{"id":"a"}]""", """[{"id":"\ud800","x":2},{"id":"a"}]""", false)]
    [InlineData("body:/0/id", """[{"id":"\ud800"}]""", """[{"id":"\ud800"}]""", true)]
    [InlineData("body:/0/id", """[{"\ud800":1,"id":"a"}]""", """[{"id":"a"}]""", true)]
    [InlineData("body:/0/id", """[{"id":"1:b;1:c"}]""", """[{"id":"1"},{"id":"b;1:c"}]""", false)]
    [InlineData("body:/0/0", "[[1],[2]]", "[[1,2]]", false)]
    [InlineData("body:/0/0", "[[1,2],[3]]", "[[1],[2,3]]", false)]
    [InlineData("body:/1/id", """[{"id":"a"},{"id":"b"},{"id":"c"}]""", """[{"id":"a"},{"id":"b"}]""", false)]
    [InlineData("body:/1/id", """[{"id":"a"},{"id":"b","x":1}]""", """[{"id":"a"},{"id":"b","x":2}]""", true)]
    [InlineData("body:/7/id", """[{"id":"a"},{"id":"b"}]""", """[{"id":"a"},{"id":"c"}]""", false)]
    [InlineData("body:/events/1/id", """{"events":[{"id":1},{"id":2}]}""", """{"events":[{"id":3},{"id":2}]}""", false)]
    [InlineData("body:/events/1/id", """{"events":[{"a":1},{"id":2}]}""", """{"events":[{"a":2},{"id":2}]}""", false)]
    [InlineData("body:/a/b/2/c/3/id", """{"a":{"b":[{"c":[{"id":1},{"id":2}]}]}}""", """{"a":{"b":[{"c":[{"id":1},{"id":3}]}]}}""", false)]
    [InlineData("body:/a/b/2/c/3/id", """{"a":{"b":[{"c":[{"id":1},{"id":2}]}],"t":1}}""", """{"a":{"t":2,"b":[{"c":[{"id":1},{"id":2}]}]}}""", true)]
    public void IdOf_OneOfSeveralElements_IsThatOfAllOfThem(string rule, string first, string second, bool isSame)
    {
        Assert.True(DedupeRule.TryParse(rule, out var read));
        var ids = new[] { first, second }.Select(body => read.IdOf(SignedRequests.Of([], Encoding.UTF8.GetBytes(body)))).ToList();
        Assert.NotNull(ids[0]);
        Assert.Equal(isSame, ids[0] == ids[1]);
    }

    [Theory]
    [InlineData("""[{"id":"a"}]""", "a")]
    [InlineData("{}", null)]
    [InlineData("""{"0":{"id":null}}""", null)]
    [InlineData("""{"0":{"id":"\ud800"}}""", null)]
    [InlineData("""{"0":{"id":"a"}}""", "a")]
    [InlineData("""[{"id":"a"},{"id":"b"}""", null)]
    public void IdOf_OneElementOrNone_IsItsOwn(string body, string? id)
    {
        Assert.True(DedupeRule.TryParse("body:/0/id", out var rule));
        Assert.Equal(id, rule.IdOf(SignedRequests.Of([], Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public void IdOf_MoreElementsThanAreRead_IsTheWholeBodys()
    {
        Assert.True(DedupeRule.TryParse("body:/0/id", out var rule));
        var elements = string.Concat(Enumerable.Repeat("""{"id":1},""", BatchValues.MaxValues));
        var ids = new[] { 1, 2 }.Select(last => rule.IdOf(SignedRequests.Of([], Encoding.UTF8.GetBytes($$"""[{{elements}}{"id":{{last}}}]"""))));
        Assert.Equal(2, ids.Where(id => id is not null).Distinct().Count());
    }

    [Fact]
    public void IdOf_AMemberThatComesTwice_ForgetsThatTheFirstHadTooManyElements()
    {
        Assert.True(DedupeRule.TryParse("body:/events/0/id", out var rule));
        var elements = string.Join(',', Enumerable.Repeat("""{"id":1}""", BatchValues.MaxValues + 1));
        Assert.Equal("a", rule.IdOf(SignedRequests.Of([], Encoding.UTF8.GetBytes($$"""{"events":[{{elements}}],"events":[{"id":"a"}]}"""))));
    }

    /// <summary>RFC 6901 writes no index with a zero before it.</summary>
    [Fact]
    public void IdOf_APointerWithAZeroBeforeANumber_NamesAMember()
    {
        Assert.True(DedupeRule.TryParse("body:/e/01/id", out var rule));
        Assert.Null(rule.IdOf(SignedRequests.Of([], """{"e":[{"id":"a"},{"id":"b"}]}"""u8.ToArray())));
        Assert.Equal("c", rule.IdOf(SignedRequests.Of([], """{"e":{"01":{"id":"c"}}}"""u8.ToArray())));
    }

    /// <summary>Who may choose an id could else pass it off as the hash of another delivery.</summary>
    [Theory]
    [InlineData("body:/0/id", """[{"id":"a"},{"id":"b"}]""")]
    [InlineData("body:/0/id", """[{"id":"a"},{}]""")]
    public void IdOf_AnIdThatLooksLikeAHash_IsAnotherThanThatHash(string text, string batch)
    {
        Assert.True(DedupeRule.TryParse(text, out var rule));
        var hash = rule.IdOf(SignedRequests.Of([], Encoding.UTF8.GetBytes(batch)))!;
        Assert.NotEqual(hash, rule.IdOf(SignedRequests.Of([], Encoding.UTF8.GetBytes($$"""[{"id":"{{hash}}"}]"""))));
        Assert.NotEqual(hash, IdOf("header:X-GitHub-Delivery", hash));
    }

    private static string? IdOf(string text, string header)
    {
        Assert.True(DedupeRule.TryParse(text, out var rule));
        return rule.IdOf(SignedRequests.Of([("x-github-delivery", header)], "{}"u8.ToArray()));
    }
}
