namespace Hub.Fields.Tests;

public sealed class PointerTextTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("", "")]
    [InlineData("a/b", "a~1b")]
    [InlineData("~", "~0")]
    [InlineData("~1", "~01")]
    [InlineData("/~/", "~1~0~1")]
    public void Name_WrittenIntoAPointer_IsReadBack(string name, string written)
    {
        Assert.Equal(written, PointerText.Escape(name));
        Assert.Equal(name, PointerText.Unescape(written));
    }
}
