using Hub.Fields.Charsets;

namespace Hub.Fields.Tests.Charsets;

public sealed class TextDecoderTests
{
    private static readonly string[] Names =
    [
        "utf-8",
        "ibm866",
        "iso-8859-2",
        "iso-8859-3",
        "iso-8859-4",
        "iso-8859-5",
        "iso-8859-6",
        "iso-8859-7",
        "iso-8859-8",
        "iso-8859-8-i",
        "iso-8859-10",
        "iso-8859-13",
        "iso-8859-14",
        "iso-8859-15",
        "iso-8859-16",
        "koi8-r",
        "koi8-u",
        "macintosh",
        "windows-874",
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
        "x-mac-cyrillic",
        "gbk",
        "gb18030",
        "big5",
        "euc-jp",
        "iso-2022-jp",
        "shift_jis",
        "euc-kr",
    ];

    [Theory]
    [InlineData("latin1", "80 9F E9", "€Ÿé")]
    [InlineData("US-ASCII", "80", "€")]
    [InlineData("ISO-8859-15", "A4 BC", "€Œ")]
    [InlineData("windows-1251", "CF F0 E8 E2 E5 F2", "Привет")]
    [InlineData("koi8-r", "F0 D2 C9 D7 C5 D4", "Привет")]
    [InlineData("iso-8859-7", "A1 A4 E1", "‘€α")]
    [InlineData("greek", "A2 AA", "’ͺ")]
    [InlineData("iso-8859-10", "A1 BD FF", "Ą―ĸ")]
    [InlineData("iso-8859-14", "A1 F0", "Ḃŵ")]
    [InlineData("iso-8859-16", "A4 AA FE", "€Șț")]
    [InlineData("x-mac-ukrainian", "FF A2", "€Ґ")]
    [InlineData("tis-620", "A1 DF", "ก฿")]
    [InlineData("sjis", "93 FA 96 7B 8C EA B1", "日本語ｱ")]
    [InlineData("Windows-31J", "87 90 87 95 87 9A ED 40", "≒√∵纊")]
    [InlineData("euc-jp", "C6 FC CB DC", "日本")]
    [InlineData("iso-2022-jp", "1B 24 42 46 7C 4B 5C 1B 28 42 61", "日本a")]
    [InlineData("gb2312", "D6 D0 CE C4", "中文")]
    [InlineData("GBK", "81 40 80", "丂€")]
    [InlineData("gb18030", "94 39 DA 33", "💩")]
    [InlineData("big5", "A4 A4 A4 E5 A2 CC", "中文十")]
    [InlineData("ks_c_5601-1987", "B0 A1 81 41", "가갂")]
    [InlineData("utf-16", "68 00 69 00", "hi")]
    [InlineData("utf-16be", "00 68 00 69", "hi")]
    [InlineData("utf8", "E2 82 AC", "€")]
    [InlineData("x-no-such", "E2 82 AC", "€")]
    [InlineData("utf-7", "2B 41 47 45 2D", "+AGE-")]
    [InlineData("windows-1252", "EF BB BF E2 82 AC", "€")]
    [InlineData("windows-1252", "FF FE AC 20", "€")]
    [InlineData("windows-1252", "FE FF 20 AC", "€")]
    public void Label_Known_IsRead(string label, string hex, string expected)
    {
        var read = TextDecoder.Decode(Bytes(hex), $"text/plain; charset={label}");
        Assert.Equal((expected, false), (read.Text, read.IsLossy));
    }

    [Theory]
    [InlineData("utf-8", "E9")]
    [InlineData("windows-1253", "D2")]
    [InlineData("iso-8859-8", "A1")]
    [InlineData("shift_jis", "85 40")]
    [InlineData("gbk", "81")]
    [InlineData("big5", "A1")]
    [InlineData("euc-kr", "81")]
    [InlineData("utf-16le", "00 D8")]
    public void Bytes_WithoutAMeaning_AreToldOf(string label, string hex) =>
        Assert.True(
            TextDecoder.Decode(Bytes(hex), "text/plain;charset=" + label) is { IsLossy: true, Text: var text }
                && text.Contains('\uFFFD', StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("text/plain;charset=windows-1252", "€")]
    [InlineData("text/plain ; CHARSET = \"windows-1252\" ; x=y", "€")]
    [InlineData("text/plain; charset='cp1252'", "€")]
    [InlineData("text/plain; x=\"; charset=windows-1252", "€")]
    [InlineData("text/plain; xcharset=windows-1252", "\uFFFD")]
    [InlineData("text/plain; charset=klingon; charset=windows-1252", "\uFFFD")]
    [InlineData("charset=windows-1252", "\uFFFD")]
    [InlineData(null, "\uFFFD")]
    public void ContentType_Spellings_AreUnderstood(string? type, string expected) => Assert.Equal(expected, TextDecoder.Decode([0x80], type).Text);

    /// <summary>What bounds the memory that a hostile body takes.</summary>
    [Fact]
    public void Text_OfAnyBytesInAnyCharset_IsNoLongerThanTheyAreAndKeepsAscii()
    {
        var ascii = Encoding.ASCII.GetBytes("""{"a": [1, "x"], 'b' <c/> & d=e%20+f}""");
        var random = new Random(1);
        foreach (var name in Names)
        {
            var charset = TextDecoder.Find(name)!;
            Assert.Equal(name, charset.Name);
            Assert.Equal(Encoding.ASCII.GetString(ascii), TextDecoder.Decode(ascii, "text/plain; charset=" + name).Text);
            Assert.True(
                EncodedText.TryWrite(Encoding.ASCII.GetString(ascii), "text/plain; charset=" + name, out var written, out _)
                    && written.AsSpan().SequenceEqual(ascii)
            );
            for (var i = 0; i < 200; i++)
            {
                var bytes = new byte[random.Next(300)];
                random.NextBytes(bytes);
                var text = TextDecoder.Decode(charset, bytes).Text;
                Assert.True(text.Length <= bytes.Length, $"{name}: {Convert.ToHexString(bytes)}");
                Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
            }
        }
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
