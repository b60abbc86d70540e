namespace Hub.Fields.Charsets;

/// <summary>What the bytes from 0x80 on mean in charsets of one byte a character: as .NET has it, put right where the Encoding standard differs.</summary>
internal static class SingleByteTables
{
    private const char Unknown = '\uFFFD';

    /// <summary>Charsets that .NET has not, from 0xA0 on; below that they have control characters.</summary>
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["iso-8859-10"] = "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ",
        ["iso-8859-14"] = "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ",
        ["iso-8859-16"] = "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ",
    };

    private static readonly Dictionary<string, (int Byte, char Character)[]> Differences = new(StringComparer.Ordinal)
    {
        ["iso-8859-7"] = [(0xA1, '\u2018'), (0xA2, '\u2019'), (0xA4, '\u20AC'), (0xA5, '\u20AF'), (0xAA, '\u037A')],
        ["iso-8859-8"] = [(0xAF, '\u00AF'), (0xFD, '\u200E'), (0xFE, '\u200F')],
        ["iso-8859-8-i"] = [(0xAF, '\u00AF'), (0xFD, '\u200E'), (0xFE, '\u200F')],
        ["macintosh"] = [(0xBD, '\u03A9')],
        ["x-mac-cyrillic"] = [(0xFF, '\u20AC')],
    };

    /// <summary>128 characters.</summary>
    /// <param name="page">The code page; 0 where .NET has none.</param>
    public static char[] Make(string name, int page)
    {
        var table = new char[128];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] =
                page > 0 ? Read(page, (byte)(i + 0x80))
                : i < 0x20 ? (char)(i + 0x80)
                : Whole[name][i - 0x20];
        }

        foreach (var (at, character) in Differences.GetValueOrDefault(name, []))
        {
            table[at - 0x80] = character;
        }

        return table;
    }

    /// <summary>.NET gives bytes without a meaning places of the private use area.</summary>
    private static char Read(int page, byte value)
    {
        var text = CodePages.Get(page).GetString([value]);
        return text is [>= '\uE000' and <= '\uF8FF'] or not [_] ? Unknown : text[0];
    }
}
