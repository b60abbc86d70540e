using System.Globalization;
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

    private readonly StringBuilder _text = new(pattern.Length + 16);
    private readonly Stack<(bool Multiline, bool DotAll)> _outer = new();
    private bool _isMultiline = isMultiline;
    private bool _isDotAll = isDotAll;
    private int _at;

    public string Translate()
    {
        while (_at < pattern.Length)
        {
            switch (pattern[_at])
            {
                case '\\':
                    TakeEscape(inClass: false);
                    break;
                case '[':
                    TakeClass();
                    break;
                case '(':
                    TakeOpening();
                    break;
                case ')':
                    (_isMultiline, _isDotAll) = _outer.Count > 0 ? _outer.Pop() : throw Fault("')' has no '('");
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
                    var end = pattern.IndexOf('\n', _at);
                    _at = end < 0 ? pattern.Length : end;
                    break;
                default:
                    TakeCharacter();
                    break;
            }
        }

        return _outer.Count == 0 ? _text.ToString() : throw Fault("')' is missing");
    }

    private void Append(string text, int length = 1)
    {
        _text.Append(text);
        _at += length;
    }

    // A pair is one character, also for the repetition behind it.
    private void TakeCharacter()
    {
        if (char.IsHighSurrogate(pattern[_at]) && _at + 1 < pattern.Length && char.IsLowSurrogate(pattern[_at + 1]))
        {
            Append($"(?:{pattern.Substring(_at, 2)})", 2);
        }
        else
        {
            Append(pattern[_at].ToString());
        }
    }

    private void TakeClass()
    {
        var first = _at + 1 < pattern.Length && pattern[_at + 1] == '^' ? 2 : 1;

        // A bracket that closes at once is an empty class there, and the first character of a class here.
        if (_at + first < pattern.Length && pattern[_at + first] == ']')
        {
            throw Fault("a class in brackets is empty");
        }

        var start = _text.Length;
        _at += first;
        while (_at < pattern.Length && pattern[_at] != ']')
        {
            if (pattern[_at] == '\\')
            {
                TakeEscape(inClass: true);
            }
            else
            {
                Append(pattern[_at] == '[' ? @"\[" : pattern[_at].ToString());
            }
        }

        if (_at == pattern.Length)
        {
            throw Fault("']' is missing");
        }

        var members = _text.ToString(start, _text.Length - start);
        _text.Length = start;
        var hasPairs = members.AsSpan().ContainsAnyInRange('\ud800', '\udfff') || members.Contains(@"\ud", StringComparison.OrdinalIgnoreCase);
        Append(
            first == 1 ? $"[{members}]"
            : hasPairs ? $"[^{members}]"
            : PatternClasses.Whole(members)
        );
    }

    private void TakeOpening()
    {
        var outer = (_isMultiline, _isDotAll);
        var rest = pattern.AsSpan(_at + 1);
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
        var end = pattern.IndexOf('>', _at);
        var name = end < 0 ? "" : pattern[(_at + 3)..end];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => c == '_' || char.IsLetterOrDigit(c)))
        {
            throw Fault("a group is named (?<name>...), by letters and digits");
        }

        Append($"(?<{name}>", name.Length + 4);
    }

    /// <summary>Flags for a group, <c>(?i-s:...)</c>, or for the rest of the pattern where it begins with them, <c>(?i)</c>; true for the latter.</summary>
    private bool TakeFlags()
    {
        var end = pattern.AsSpan(_at + 2).IndexOfAnyExcept("ims-");
        var flags = end <= 0 ? "" : pattern.Substring(_at + 2, end);
        var closing = end < 0 ? '\0' : pattern[_at + 2 + end];
        if (flags.Length == 0 || flags.Count(c => c == '-') > 1 || !(closing == ':' || (closing == ')' && _at == 0)))
        {
            throw Fault("'(?' begins (?:...), (?<name>...) or flags such as (?i:...), and nothing else");
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

    private void TakeEscape(bool inClass)
    {
        var letter = _at + 1 < pattern.Length ? pattern[_at + 1] : throw Fault("the pattern ends with a lone backslash");
        switch (letter)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                Append(PatternClasses.Of(letter, inClass), 2);
                break;
            case >= '1' and <= '9':
            case 'k':
                throw Unsupported("a back-reference");
            case 'u' when _at + 2 < pattern.Length && pattern[_at + 2] == '{':
                TakeCodePoint(inClass);
                break;
            case 'c' or 'x' or 'u' or 'p' or 'P' or 't' or 'n' or 'v' or 'f' or 'r':
            case 'b' or 'B' when !inClass || letter == 'b':
            case '0' when _at + 2 >= pattern.Length || !char.IsAsciiDigit(pattern[_at + 2]):
                Append($"\\{letter}", 2);
                break;
            case 'A' or 'Z' or 'z' or 'G':
                throw Fault($"'\\{letter}' is no anchor of ECMA-262; write ^ or $");
            case '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                throw Fault($"there is no escape '\\{letter}'; write '{letter}' for the character itself");
            default:
                // A sign that stands for itself; half of a pair needs no backslash.
                Append(char.IsAscii(letter) ? $"\\{letter}" : letter.ToString(), 2);
                break;
        }
    }

    private void TakeCodePoint(bool inClass)
    {
        var end = pattern.IndexOf('}', _at);
        var digits = end < 0 ? default : pattern.AsSpan((_at + 3)..end);
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
        {
            throw Fault(@"'\u{' takes the number of a character, as in \u{1F600}");
        }

        var units = string.Concat(new Rune(code).ToString().Select(unit => $"\\u{(int)unit:x4}"));
        Append(inClass || code <= char.MaxValue ? units : $"(?:{units})", end - _at + 1);
    }

    private PatternException Fault(string problem) => new($"{char.ToUpperInvariant(problem[0])}{problem[1..]} (character {_at + 1}).");

    private PatternException Unsupported(string what) =>
        new($"The pattern has {what} at character {_at + 1}, which cannot be matched in linear time. Say it without, or in a condition of its own.");
}
