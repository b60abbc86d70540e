using System.Text;

namespace Hub.Routing.Patterns;

/// <summary>
/// Writes a regular expression of ECMA-262 for .NET, where some signs mean more or something else: <c>$</c> also stands before a last line break, a dot is
/// half of
/// an emoji, <c>\d</c>, <c>\w</c> and <c>\s</c> take other characters, brackets nest within brackets, and letters that mean nothing there mean a place here.
/// </summary>
internal sealed class PatternTranslation(string pattern, bool isMultiline, bool isDotAll, bool isSpaced)
{
    private const string LineEnds = @"\n\r\u2028\u2029";

    private readonly PatternEscapes _escapes = new(pattern);
    private readonly StringBuilder _text = new(pattern.Length + 16);
    private readonly Stack<(bool Multiline, bool DotAll)> _outer = new();
    private bool _isMultiline = isMultiline;
    private bool _isDotAll = isDotAll;

    private int At
    {
        get => _escapes.At;
        set => _escapes.At = value;
    }

    public string Translate()
    {
        while (At < pattern.Length)
        {
            switch (pattern[At])
            {
                case '\\':
                    TakeEscape();
                    break;
                case '[':
                    _text.Append(PatternClassReading.Translate(pattern, _escapes));
                    break;
                case '(':
                    TakeOpening();
                    break;
                case ')':
                    (_isMultiline, _isDotAll) = _outer.Count > 0 ? _outer.Pop() : throw Error("')' has no '('");
                    Append(")");
                    break;
                case '^':
                    Append(_isMultiline ? "(?m:^)" : @"\A");
                    break;
                case '$':
                    Append(_isMultiline ? "(?m:$)" : @"\z");
                    break;
                case '.':
                    Append(_isDotAll ? PatternClasses.Whole("") : PatternClasses.Whole(LineEnds));
                    break;
                case '#' when isSpaced:
                    var end = pattern.IndexOf('\n', At);
                    At = end < 0 ? pattern.Length : end;
                    break;
                default:
                    TakeCharacter();
                    break;
            }
        }

        return _outer.Count == 0 ? _text.ToString() : throw Error("')' is missing");
    }

    private void Append(string text, int length = 1)
    {
        _text.Append(text);
        At += length;
    }

    // A pair is one character, also for the repetition behind it.
    private void TakeCharacter()
    {
        if (char.IsHighSurrogate(pattern[At]) && At + 1 < pattern.Length && char.IsLowSurrogate(pattern[At + 1]))
        {
            Append($"(?:{pattern.Substring(At, 2)})", 2);
        }
        else
        {
            Append(pattern[At].ToString());
        }
    }

    private void TakeOpening()
    {
        var outer = (_isMultiline, _isDotAll);
        var rest = pattern.AsSpan(At + 1);
        if (!rest.StartsWith('?'))
        {
            Append("(");
        }
        else if (rest.StartsWith("?=", StringComparison.Ordinal))
        {
            throw Unsupported("a lookahead");
        }
        else if (rest.StartsWith("?!", StringComparison.Ordinal))
        {
            throw Unsupported("a negative lookahead");
        }
        else if (rest.StartsWith("?<=", StringComparison.Ordinal) || rest.StartsWith("?<!", StringComparison.Ordinal))
        {
            throw Unsupported("a lookbehind");
        }
        else if (rest.StartsWith("?:", StringComparison.Ordinal))
        {
            Append("(?:", 3);
        }
        else if (rest.StartsWith("?<", StringComparison.Ordinal))
        {
            TakeName();
        }
        else if (TakeFlags())
        {
            return;
        }

        _outer.Push(outer);
    }

    private void TakeName()
    {
        var end = pattern.IndexOf('>', At);
        var name = end < 0 ? "" : pattern[(At + 3)..end];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => c == '_' || char.IsLetterOrDigit(c)))
        {
            throw Error("a group is named (?<name>...), by letters and digits");
        }

        Append($"(?<{name}>", name.Length + 4);
    }

    /// <summary>Flags for a group, <c>(?i-s:...)</c>, or for the rest of the pattern where it begins with them, <c>(?i)</c>; true for the latter.</summary>
    private bool TakeFlags()
    {
        var end = pattern.AsSpan(At + 2).IndexOfAnyExcept("ims-");
        var flags = end <= 0 ? "" : pattern.Substring(At + 2, end);
        var closing = end < 0 ? '\0' : pattern[At + 2 + end];
        if (flags.Length == 0 || flags.Count(c => c == '-') > 1 || !(closing == ':' || (closing == ')' && At == 0)))
        {
            throw Error("'(?' begins (?:...), (?<name>...) or flags such as (?i:...), and nothing else");
        }

        var minus = flags.IndexOf('-', StringComparison.Ordinal);
        _isMultiline = Flag(flags, 'm', minus) ?? _isMultiline;
        _isDotAll = Flag(flags, 's', minus) ?? _isDotAll;
        var ignoreCase = Flag(flags, 'i', minus) switch
        {
            true => "i",
            false => "-i",
            null => "",
        };
        Append(closing == ':' || ignoreCase.Length > 0 ? $"(?{ignoreCase}{closing}" : "", flags.Length + 3);
        return closing == ')';
    }

    private static bool? Flag(string flags, char letter, int minus) =>
        flags.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? minus < 0 || at < minus : null;

    private void TakeEscape()
    {
        var letter = _escapes.Letter();
        switch (letter)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                Append(PatternClasses.Of(letter, inClass: false), 2);
                break;
            case 'p' or 'P':
                var category = new PatternClass();
                category.AddSet(_escapes.TakeCategory(), letter == 'P');
                _text.Append(category.Translate(isNegated: false));
                break;
            case 'b' or 'B':
                Append($"\\{letter}", 2);
                break;
            case 'u' or 'x' or 'c' or 't' or 'n' or 'v' or 'f' or 'r' or '0':
                var code = new PatternClass();
                var character = _escapes.TakeCode();
                code.Add(character, character);
                _text.Append(code.Translate(isNegated: false));
                break;
            default:
                // A sign that stands for itself; half of a pair needs no backslash.
                _escapes.CheckSign(letter);
                Append(char.IsAscii(letter) ? $"\\{letter}" : letter.ToString(), 2);
                break;
        }
    }

    private PatternException Error(string problem) => _escapes.Error(problem);

    private PatternException Unsupported(string what) => _escapes.Unsupported(what);
}
