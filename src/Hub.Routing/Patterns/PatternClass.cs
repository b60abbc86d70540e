using System.Text;

namespace Hub.Routing.Patterns;

/// <summary>
/// The members of a class in brackets. .NET takes UTF-16 units there; here each member is a whole character, so that those beyond 16 bits become pairs beside
/// the class.
/// </summary>
internal sealed class PatternClass
{
    private const int FirstBeyond = 0x10000;
    private const int LastBeyond = 0x10FFFF;

    private readonly StringBuilder _units = new();
    private readonly List<(int First, int Last)> _beyond = [];
    private bool _hasHalves;

    /// <summary>Adds characters by their numbers. Half of a pair is none.</summary>
    public void Add(int first, int last)
    {
        AddUnits(first, Math.Min(last, 0xD7FF));
        AddUnits(Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
        if (last >= FirstBeyond)
        {
            _beyond.Add((Math.Max(first, FirstBeyond), last));
        }
    }

    /// <summary>Adds a set as .NET writes it.</summary>
    /// <param name="takesBeyond">Whether the set has all characters beyond 16 bits.</param>
    public void AddSet(string units, bool takesBeyond)
    {
        _units.Append(units);

        // The category C is that of halves too.
        _hasHalves |= takesBeyond || units.StartsWith(@"\p{C", StringComparison.Ordinal);
        if (takesBeyond)
        {
            _beyond.Add((FirstBeyond, LastBeyond));
        }
    }

    public string Translate(bool isNegated)
    {
        var units =
            isNegated ? $@"[^\ud800-\udfff{_units}]"
            : _units.Length == 0 ? null
            : _hasHalves ? $@"[{_units}-[\ud800-\udfff]]"
            : $"[{_units}]";
        var pairs = Pairs(isNegated ? Others() : Merged());
        return (units, pairs) switch
        {
            ({ } alone, "") => alone,
            (null, "") => PatternClasses.Never,
            (null, _) => $"(?:{pairs})",
            _ => $"(?:{units}|{pairs})",
        };
    }

    private void AddUnits(int first, int last)
    {
        if (first <= last)
        {
            _units.Append(Unit(first)).Append(first == last ? "" : $"-{Unit(last)}");
        }
    }

    private static string Unit(int unit) => char.IsAsciiLetterOrDigit((char)unit) ? ((char)unit).ToString() : $"\\u{unit:x4}";

    private List<(int First, int Last)> Merged()
    {
        var merged = new List<(int First, int Last)>();
        foreach (var (first, last) in _beyond.Order())
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return merged;
    }

    private List<(int First, int Last)> Others()
    {
        var others = new List<(int First, int Last)>();
        var next = FirstBeyond;
        foreach (var (first, last) in Merged())
        {
            if (first > next)
            {
                others.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= LastBeyond)
        {
            others.Add((next, LastBeyond));
        }

        return others;
    }

    /// <summary>The ranges as pairs: first halves with some second halves, each once, and first halves with any.</summary>
    private static string Pairs(List<(int First, int Last)> ranges)
    {
        var some = new SortedDictionary<int, StringBuilder>();
        var any = new StringBuilder();
        foreach (var (first, last) in ranges)
        {
            var (high, low) = Halves(first);
            var (lastHigh, lastLow) = Halves(last);
            if (high == lastHigh)
            {
                AddSome(high, low, lastLow);
                continue;
            }

            if (low > 0xDC00)
            {
                AddSome(high++, low, 0xDFFF);
            }

            if (lastLow < 0xDFFF)
            {
                AddSome(lastHigh--, 0xDC00, lastLow);
            }

            if (high <= lastHigh)
            {
                any.Append($"\\u{high:x4}-\\u{lastHigh:x4}");
            }
        }

        var alternatives = some.Select(each => $"\\u{each.Key:x4}[{each.Value}]");
        return string.Join('|', any.Length == 0 ? alternatives : alternatives.Append($@"[{any}][\udc00-\udfff]"));

        void AddSome(int high, int low, int lastLow)
        {
            if (!some.TryGetValue(high, out var lows))
            {
                some.Add(high, lows = new StringBuilder());
            }

            lows.Append($"\\u{low:x4}-\\u{lastLow:x4}");
        }
    }

    private static (int High, int Low) Halves(int character) => (0xD800 + ((character - FirstBeyond) >> 10), 0xDC00 + ((character - FirstBeyond) & 0x3FF));
}
