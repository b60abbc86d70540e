using System.Text;
using Hub.Routing.JsonPath.Evaluation;
using Hub.Routing.JsonPath.Regexps;

namespace Hub.Routing.Tests.JsonPath;

public sealed class IRegexpTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a|", "")]
    [InlineData("()", "")]
    [InlineData("(a|b)*c", "abac")]
    [InlineData("a{2}", "aa")]
    [InlineData("a{2,}", "aaaa")]
    [InlineData("a{2,}", "a", false)]
    [InlineData("a{1,3}", "aaaa", false)]
    [InlineData("(a|bc|){2,3}d", "bcad")]
    [InlineData("a{0}", "")]
    [InlineData("a{0}", "a", false)]
    [InlineData("a{0,1}b?", "b")]
    [InlineData(@"\(\)\*\+\-\.\?\[\\\]\^\n\r\t\{\|\}", "()*+-.?[\\]^\n\r\t{|}")]
    [InlineData("[-a]+", "a-a")]
    [InlineData("[a-c-]+", "ab-")]
    [InlineData("[^-a]", "b")]
    [InlineData(@"[\]\-\n\p{Nd}]+", "]-\n5")]
    [InlineData("[+--]", ",", false)]
    [InlineData("#x ,<>/\"'", "#x ,<>/\"'")]
    [InlineData("^ab$", "ab")]
    [InlineData("..", "😀a")]
    [InlineData("😀{2}", "😀😀")]
    [InlineData("[😀-😂]", "😁")]
    [InlineData("[a-😂]", "日")]
    [InlineData("[a-😂]", "😁")]
    [InlineData("[^😀]", "😁")]
    [InlineData(@"\p{L}", "𝒜")]
    [InlineData(@"\p{Lu}\p{Ll}", "𐐀𐐨")]
    [InlineData(@"[^\p{So}]", "𝒜")]
    [InlineData(@"\P{L}", "😀")]
    [InlineData(@"[\P{L}]", "é", false)]
    [InlineData("..", "😀", false)]
    [InlineData("[^a]", "\uFFFD")]
    [InlineData("[^😀]", "😀", false)]
    [InlineData(@"\p{Lu}", "𐐨", false)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("I", "\u0131", false)]
    public void Pattern_OfTheGrammar_MatchesWholeTexts(string pattern, string text, bool expected = true) =>
        Assert.Equal(expected, IsMatch(new IRegexp(pattern), text, isWhole: true));

    [Theory]
    [InlineData("*")]
    [InlineData("a**")]
    [InlineData("a+?")]
    [InlineData("a{,2}")]
    [InlineData("a{2,1}")]
    [InlineData("a{1")]
    [InlineData("a{}")]
    [InlineData("a{99999999999}")]
    [InlineData("((a{999}){999}){999}")]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("(?:a)")]
    [InlineData("(?i)a")]
    [InlineData("a]")]
    [InlineData("a}")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[a")]
    [InlineData("[a-b-c]")]
    [InlineData("[c-a]")]
    [InlineData("[[a]")]
    [InlineData(@"[\d]")]
    [InlineData(@"\d")]
    [InlineData(@"\b")]
    [InlineData(@"\u0041")]
    [InlineData(@"\$")]
    [InlineData(@"\")]
    [InlineData(@"[\")]
    [InlineData(@"\p{Cs}")]
    [InlineData(@"\p{IsGreek}")]
    [InlineData(@"\p{")]
    [InlineData(@"\pL")]
    [InlineData(@"\p}")]
    public void Pattern_OutsideTheGrammar_NeverMatches(string pattern)
    {
        var regexp = new IRegexp(pattern);
        Assert.NotNull(regexp.Error);
        Assert.False(IsMatch(regexp, pattern, isWhole: false));
    }

    [Fact]
    public void Pattern_WithHalfAPair_NeverMatches() => Assert.NotNull(new IRegexp("a\uD800").Error);

    [Theory]
    [InlineData("b+", "abbc")]
    [InlineData("^a|c$", "xxc")]
    [InlineData("", "")]
    [InlineData("(a|b){3}", "xxabayy")]
    [InlineData("($|x)", "abc")]
    [InlineData("a^b", "ab", false)]
    [InlineData("b{3,}", "abbc", false)]
    [InlineData("((a?)*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Pattern_OfTheGrammar_IsFoundInTexts(string pattern, string text, bool expected = true) =>
        Assert.Equal(expected, IsMatch(new IRegexp(pattern), text, isWhole: false));

    private static bool IsMatch(IRegexp regexp, string text, bool isWhole)
    {
        using var run = QueryRun.Begin(default, null, 0);
        return regexp.IsMatch(run, Encoding.UTF8.GetBytes(text), isWhole);
    }
}
