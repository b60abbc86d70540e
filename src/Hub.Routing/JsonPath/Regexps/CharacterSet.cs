using System.Globalization;

namespace Hub.Routing.JsonPath.Regexps;

/// <summary>Code points: ranges and Unicode categories (one bit each), or everything else. ASCII is looked up in a table.</summary>
internal sealed class CharacterSet
{
    private const int AsciiHalf = 64;

    private readonly (int First, int Last)[] _ranges;
    private readonly uint _categories;
    private readonly bool _isNegated;
    private readonly ulong _lowAscii;
    private readonly ulong _highAscii;

    public CharacterSet((int First, int Last)[] ranges, uint categories, bool isNegated)
    {
        (_ranges, _categories, _isNegated) = (ranges, categories, isNegated);
        for (var i = 0; i < AsciiHalf; i++)
        {
            _lowAscii |= Holds(i) ? 1UL << i : 0;
            _highAscii |= Holds(AsciiHalf + i) ? 1UL << i : 0;
        }
    }

    /// <summary>What <c>.</c> stands for.</summary>
    public static CharacterSet AnyInLine { get; } = new([('\n', '\n'), ('\r', '\r')], 0, isNegated: true);

    public bool Contains(int codePoint) =>
        codePoint < AsciiHalf ? (_lowAscii >> codePoint & 1) != 0
        : codePoint < 2 * AsciiHalf ? (_highAscii >> (codePoint - AsciiHalf) & 1) != 0
        : Holds(codePoint);

    private bool Holds(int codePoint)
    {
        foreach (var (first, last) in _ranges)
        {
            if (codePoint >= first && codePoint <= last)
            {
                return !_isNegated;
            }
        }

        var isInCategory = _categories != 0 && (_categories >> (int)CharUnicodeInfo.GetUnicodeCategory(codePoint) & 1) != 0;
        return isInCategory != _isNegated;
    }
}
