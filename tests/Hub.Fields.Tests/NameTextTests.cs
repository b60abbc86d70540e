namespace Hub.Fields.Tests;

public sealed class NameTextTests
{
    [Theory]
    [InlineData("orders", true)]
    [InlineData("Ämter / قائمة الطلبات / 注文", true)]
    [InlineData("👩‍👩‍👧 family", true)]
    [InlineData("می‌خواهم", true)]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿", true)]
    [InlineData("", false)]
    [InlineData(" \u00A0\u2003", false)]
    [InlineData("\u200B\u200D\uFEFF", false)]
    [InlineData("\u3164\u2800", false)]
    [InlineData("\u0301", false)]
    [InlineData("a\u0007", false)]
    [InlineData("invoice\u202Egpj", false)]
    [InlineData("\u2066a\u2069", false)]
    [InlineData(null, false)]
    public void IsName_Text_IsRefusedWhenPeopleWouldSeeSomethingElse(string? text, bool expected) => Assert.Equal(expected, NameText.IsName(text, 100));

    /// <summary>Not as data of a theory: runners cannot pass halves of characters on.</summary>
    [Fact]
    public void IsName_WithHalfACharacter_IsRefused() => Assert.False(NameText.IsName("a" + '\ud800', 100));
}
