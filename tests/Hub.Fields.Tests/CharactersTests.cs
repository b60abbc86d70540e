namespace Hub.Fields.Tests;

public sealed class CharactersTests
{
    private const string Family = "👨‍👩‍👧‍👦";
    private const string Accented = "e\u0301";

    public static TheoryData<string, int> Texts =>
        new()
        {
            { "", 0 },
            { "abc", 3 },
            { "Zoë€", 4 },
            { "a\r\nb\rc", 5 },
            { "😀😀", 2 },
            { Accented + Accented, 2 },
            { Family + "x", 2 },
            { "👋🏽🇦🇹🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿", 4 },
            { "நிกำ한", 3 },
            { "\ud83d", 1 },
            { "z" + new string('\u0301', 64), 3 },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Count_Text_IsWhatPeopleCount(string text, int expected)
    {
        Assert.Equal(expected, Characters.Count(text));
        Assert.Equal(text.Length, Characters.UnitsOf(text, expected));
        Assert.Equal(expected, Characters.CountBefore(text, text.Length));
    }

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc…")]
    [InlineData("ab" + Accented, 3, "ab" + Accented)]
    [InlineData("ab" + Accented + "d", 3, "ab" + Accented + "…")]
    [InlineData("ab\r\n", 3, "ab\r\n")]
    [InlineData(Family + Family + "!", 2, Family + Family + "…")]
    [InlineData("abc", 0, "…")]
    [InlineData("abc", -1, "…")]
    public void Cut_Text_EndsBetweenCharacters(string text, int count, string expected) => Assert.Equal(expected, Characters.Cut(text, count));

    [Theory]
    [InlineData("abcd", 3, "abc…")]
    [InlineData("ab😀d", 3, "ab…")]
    [InlineData("ab" + Accented + "d", 3, "ab…")]
    [InlineData("ab" + Accented + "d", 4, "ab" + Accented + "…")]
    [InlineData("ab" + Accented, 4, "ab" + Accented)]
    [InlineData("ab\r\n", 3, "ab…")]
    public void CutUnits_Text_EndsBetweenCharacters(string text, int most, string expected) => Assert.Equal(expected, Characters.CutUnits(text, most));

    /// <summary>Reading such a text once for each of its pieces would take hours.</summary>
    [Theory]
    [InlineData("\u0301")]
    [InlineData("\udb40\udd01")]
    [InlineData("\u200d👩")]
    [InlineData("🇦")]
    [InlineData("😀")]
    [InlineData("\r\n")]
    public void Count_HostileText_TakesTimeInItsLengthAndNoCharacterIsLong(string piece)
    {
        var text = "z" + string.Concat(Enumerable.Repeat(piece, 1 << 20));
        var count = Characters.Count(text);
        Assert.InRange(count, text.Length / Characters.MostUnits, text.Length);
        var units = Characters.UnitsOf(text, 1000);
        Assert.InRange(units, 1000, 1000 * Characters.MostUnits);
        Assert.False(char.IsHighSurrogate(text[units - 1]));
        Assert.Equal(1000, Characters.CountBefore(text, units));
        Assert.InRange(Characters.WholeUnits(text, 1000), 1000 - Characters.MostUnits, 1000);
    }
}
