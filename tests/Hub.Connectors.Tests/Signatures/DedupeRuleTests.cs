using Hub.Connectors.Signatures;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.Signatures;

public sealed class DedupeRuleTests
{
    [Theory]
    [InlineData("header:X-GitHub-Delivery", true)]
    [InlineData("header:", false)]
    [InlineData("header:X Y", false)]
    [InlineData("body:$.id", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParse_Text_OnlyHeaders(string? text, bool expected) => Assert.Equal(expected, DedupeRule.TryParse(text, out _));

    [Fact]
    public void KeyFor_Header_AnyCase()
    {
        Assert.True(DedupeRule.TryParse("header:X-GitHub-Delivery", out var rule));

        Assert.Equal("72d3162e", rule.KeyFor(new HeaderDictionary { ["x-github-delivery"] = " 72d3162e " }));
        Assert.Null(rule.KeyFor(new HeaderDictionary()));
        Assert.Null(rule.KeyFor(new HeaderDictionary { ["x-github-delivery"] = "" }));
    }

    [Fact]
    public void KeyFor_TooLong_Hashed()
    {
        Assert.True(DedupeRule.TryParse("header:X-Id", out var rule));

        Assert.Equal(512, rule.KeyFor(new HeaderDictionary { ["X-Id"] = new string('a', 512) })!.Length);
        var key = rule.KeyFor(new HeaderDictionary { ["X-Id"] = new string('a', 513) })!;
        Assert.StartsWith("sha256:", key, StringComparison.Ordinal);
        Assert.NotEqual(key, rule.KeyFor(new HeaderDictionary { ["X-Id"] = new string('a', 514) }));
    }
}
