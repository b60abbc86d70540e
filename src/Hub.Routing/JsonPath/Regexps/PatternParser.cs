namespace Hub.Routing.JsonPath.Regexps;

/// <summary>The grammar of I-Regexp (RFC 9485, section 3). <c>^</c> and <c>$</c> anchor, as in the RFC's mappings to other dialects.</summary>
internal sealed class PatternParser(string pattern)
{
    private const int MaxSize = 5_000;
    private const int MaxNesting = 64;

    private readonly PatternReader _reader = new(pattern);
    private int _nesting;

    public PatternNode Parse()
    {
        var node = ParseAlternation();
        return _reader.AtEnd ? node : throw _reader.Error("')' has no '('");
    }

    private PatternNode ParseAlternation()
    {
        var branches = new List<PatternNode> { ParseBranch() };
        while (_reader.TryTake('|'))
        {
            branches.Add(ParseBranch());
        }

        return branches is [var only] ? only : Bounded(new AlternationNode([.. branches]));
    }

    private SequenceNode ParseBranch()
    {
        var pieces = new List<PatternNode>();
        while (!_reader.AtEnd && _reader.Current is not ('|' or ')'))
        {
            pieces.Add(ParseQuantifier(ParseAtom()));
        }

        return Bounded(new SequenceNode([.. pieces]));
    }

    private T Bounded<T>(T node)
        where T : PatternNode => node.Size <= MaxSize ? node : throw _reader.Error("the pattern is too large");

    private PatternNode ParseAtom()
    {
        switch (_reader.Current)
        {
            case '(':
                return ParseGroup();
            case '[':
                return new CharacterNode(ParseClass());
            case '.':
                _reader.Position++;
                return new CharacterNode(CharacterSet.AnyInLine);
            case '^':
                _reader.Position++;
                return new AnchorNode(Operation.Start);
            case '$':
                _reader.Position++;
                return new AnchorNode(Operation.End);
            case '*' or '+' or '?' or '{':
                throw _reader.Error("there is nothing to repeat");
            case ']' or '}':
                throw _reader.Error($"'{_reader.Current}' is written '\\{_reader.Current}'");
            default:
                if (_reader.TryReadCategory(out var categories))
                {
                    return new CharacterNode(new CharacterSet([], categories, isNegated: false));
                }

                var character = _reader.ReadCharacter();
                return new CharacterNode(new CharacterSet([(character, character)], 0, isNegated: false));
        }
    }

    private PatternNode ParseGroup()
    {
        _reader.Position++;
        if (++_nesting > MaxNesting)
        {
            throw _reader.Error("groups are nested too deep");
        }

        var group = ParseAlternation();
        _nesting--;
        return _reader.TryTake(')') ? group : throw _reader.Error("')' is missing");
    }

    private CharacterSet ParseClass()
    {
        _reader.Position++;
        var ranges = new List<(int First, int Last)>();
        var categories = 0u;
        var isNegated = _reader.TryTake('^');
        if (_reader.TryTake('-'))
        {
            ranges.Add(('-', '-'));
        }
        else if (_reader.Current == ']')
        {
            throw _reader.Error("the character class is empty");
        }

        while (!_reader.TryTake(']'))
        {
            if (_reader.TryReadCategory(out var more))
            {
                categories |= more;
            }
            else
            {
                ranges.Add(_reader.Current == '-' ? ReadLastHyphen() : ReadRange());
            }
        }

        return new CharacterSet([.. ranges], categories, isNegated);
    }

    private (int First, int Last) ReadLastHyphen()
    {
        _reader.Position++;
        return _reader.Current == ']' ? ('-', '-') : throw _reader.Error("'-' in the middle of a character class is written '\\-'");
    }

    private (int First, int Last) ReadRange()
    {
        var first = _reader.ReadClassCharacter();
        var last = first;
        if (_reader.Current == '-' && _reader.Next != ']')
        {
            _reader.Position++;
            last = _reader.ReadClassCharacter();
        }

        return first <= last ? (first, last) : throw _reader.Error("a range ends before it starts");
    }

    private PatternNode ParseQuantifier(PatternNode atom)
    {
        if (_reader.TryTake('*'))
        {
            return new RepeatNode(atom, 0, null);
        }

        if (_reader.TryTake('+'))
        {
            return Bounded(new RepeatNode(atom, 1, null));
        }

        if (_reader.TryTake('?'))
        {
            return new RepeatNode(atom, 0, 1);
        }

        if (!_reader.TryTake('{'))
        {
            return atom;
        }

        var least = _reader.ReadCount(MaxSize);
        var most =
            !_reader.TryTake(',') ? least
            : _reader.Current == '}' ? (int?)null
            : _reader.ReadCount(MaxSize);
        if (!_reader.TryTake('}'))
        {
            throw _reader.Error("'}' is missing");
        }

        return most < least ? throw _reader.Error("a repetition ends before it starts") : Bounded(new RepeatNode(atom, least, most));
    }
}
