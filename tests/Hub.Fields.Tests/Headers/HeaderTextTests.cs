using Hub.Fields.Headers;

namespace Hub.Fields.Tests.Headers;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Zo\xEB", "Zoë")]
    [InlineData("Zo\xC3\xAB", "Zoë")]
    [InlineData("\xC3", "Ã")]
    [InlineData("\xE2\x82 \xE2\x82\xAC", "â\u0082 €")]
    [InlineData("\xED\xA0\x80", "í\u00A0\u0080")]
    [InlineData("\xF0\x9F\x92\xA9 \xF0\x9F\x92", "💩 ð\u009F\u0092")]
    public void Bytes_Any_AreUtf8WhereTheyCanBeElseLatin1(string bytes, string text) =>
        Assert.Equal(text, HeaderText.Encoding.GetString(Encoding.Latin1.GetBytes(bytes)));

    [Theory]
    [InlineData("plain", false)]
    [InlineData("Zoë", true)]
    [InlineData("Łódź", false)]
    public void Text_OfLatin1_IsKnown(string text, bool expected) => Assert.Equal(expected, HeaderText.MayBeLatin1(text));
}
