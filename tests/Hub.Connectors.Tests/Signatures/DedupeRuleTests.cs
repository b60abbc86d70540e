using Hub.Connectors.Signatures;

namespace Hub.Connectors.Tests.Signatures;

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
        Assert.StartsWith("sha256:", key, StringComparison.Ordinal);
        Assert.NotEqual(key, IdOf("header:X-GitHub-Delivery", new string('a', 514)));
    }

    private static string? IdOf(string text, string header)
    {
        Assert.True(DedupeRule.TryParse(text, out var rule));
        return rule.IdOf(SignedRequests.Of([("x-github-delivery", header)], "{}"u8.ToArray()));
    }
}
