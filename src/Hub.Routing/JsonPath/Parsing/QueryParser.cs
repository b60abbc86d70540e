using Hub.Routing.JsonPath.Syntax;

namespace Hub.Routing.JsonPath.Parsing;

/// <summary>Parses segments and selectors (RFC 9535, sections 2.2, 2.3 and 2.5); filters are left to <see cref="FilterParser"/>.</summary>
internal sealed class QueryParser
{
    private const int MaxLength = 64 * 1024;

    private readonly QueryScanner _scanner;
    private readonly FilterParser _filters;

    public QueryParser(string text)
    {
        _scanner = new QueryScanner(text);
        _filters = new FilterParser(_scanner, this);
    }

    public JsonPathQuery Parse()
    {
        if (_scanner.Text.Length > MaxLength)
        {
            throw _scanner.Error($"at most {MaxLength} characters", at: MaxLength);
        }

        _scanner.Take('$', "'$'", SyntaxHints.AtStart(_scanner));
        var query = ParseSegments();
        if (!_scanner.AtEnd)
        {
            throw _scanner.Error("'.', '..', '[' or the end of the query", SyntaxHints.AfterSegment(_scanner));
        }

        return new JsonPathQuery(_scanner.Text, query, _filters.MemoSlots, _filters.Warnings);
    }

    public Query ParseSegments()
    {
        var segments = new List<Segment>();
        while (true)
        {
            // Blanks belong to the query only when another segment follows.
            var end = _scanner.Position;
            _scanner.SkipBlanks();
            if (_scanner.TryTake(".."))
            {
                segments.Add(new DescendantSegment(_scanner.Current == '[' ? ParseBrackets() : [ParseShorthand("'[', '*' or a name")]));
            }
            else if (_scanner.TryTake('.'))
            {
                segments.Add(new ChildSegment([ParseShorthand("'*' or a name")]));
            }
            else if (_scanner.Current == '[')
            {
                segments.Add(new ChildSegment(ParseBrackets()));
            }
            else
            {
                _scanner.Position = end;
                return new Query([.. segments]);
            }
        }
    }

    private Selector ParseShorthand(string expected)
    {
        if (_scanner.TryTake('*'))
        {
            return WildcardSelector.Instance;
        }

        var start = _scanner.Position;
        while (NameLength(isFirst: _scanner.Position == start) is var length and > 0)
        {
            _scanner.Position += length;
        }

        return _scanner.Position > start
            ? new NameSelector(_scanner.Text[start.._scanner.Position])
            : throw _scanner.Error(expected, SyntaxHints.AfterDot(_scanner));
    }

    private int NameLength(bool isFirst) =>
        _scanner.Current switch
        {
            '_' => 1,
            var c when char.IsAsciiLetter(c) || (!isFirst && char.IsAsciiDigit(c)) => 1,
            < '\u0080' => 0,
            var c when !char.IsSurrogate(c) => 1,
            var c => char.IsHighSurrogate(c) && char.IsLowSurrogate(_scanner.Peek(1)) ? 2 : 0,
        };

    private Selector[] ParseBrackets()
    {
        var selectors = new List<Selector>();
        do
        {
            _scanner.Position++;
            _scanner.SkipBlanks();
            selectors.Add(ParseSelector());
            _scanner.SkipBlanks();
        } while (_scanner.Current == ',');
        _scanner.Take(']', "',' or ']'", SyntaxHints.InBrackets(_scanner));
        return [.. selectors];
    }

    private Selector ParseSelector()
    {
        switch (_scanner.Current)
        {
            case '\'' or '"':
                return new NameSelector(StringLiterals.Read(_scanner));
            case '*':
                _scanner.Position++;
                return WildcardSelector.Instance;
            case '?':
                _scanner.Position++;
                _scanner.Enter();
                _scanner.SkipBlanks();
                var filter = new FilterSelector(_filters.ParseCondition());
                _scanner.Leave();
                return filter;
            case ':':
                return ParseSlice(null);
            default:
                return NumberLiterals.AtNumber(_scanner)
                    ? ParseIndexOrSlice()
                    : throw _scanner.Error("a quoted name, '*', an index, a slice or '?'", SyntaxHints.AtSelector(_scanner));
        }
    }

    private Selector ParseIndexOrSlice()
    {
        var number = NumberLiterals.ReadInteger(_scanner);
        var end = _scanner.Position;
        _scanner.SkipBlanks();
        if (_scanner.Current == ':')
        {
            return ParseSlice(number);
        }

        _scanner.Position = end;
        return new IndexSelector(number);
    }

    private SliceSelector ParseSlice(long? start)
    {
        _scanner.Position++;
        var end = ParseSlicePart();
        long? step = null;
        if (_scanner.TryTake(':'))
        {
            step = ParseSlicePart();
        }

        return new SliceSelector(start, end, step ?? 1);
    }

    private long? ParseSlicePart()
    {
        _scanner.SkipBlanks();
        if (!NumberLiterals.AtNumber(_scanner))
        {
            return null;
        }

        var number = NumberLiterals.ReadInteger(_scanner);
        _scanner.SkipBlanks();
        return number;
    }
}
