using System.Text.RegularExpressions;

namespace Hub.Routing.Patterns;

/// <summary>
/// Regular expressions, the same in conditions, filters, schemas and templates: those of ECMA-262 with its flags <c>i</c>, <c>m</c>, <c>s</c> and <c>u</c>,
/// matched in time linear to the text. So there are neither lookarounds nor back-references. Characters are whole ones, as with the flag <c>u</c>.
/// </summary>
internal static class TextPattern
{
    public const int LongestPattern = 1000;

    /// <summary>What to do about a pattern that does not compile.</summary>
    public const string Remedy = "Correct it: patterns are those of ECMA-262 without lookarounds and back-references, since matching takes linear time.";

    /// <param name="flags">Of ECMA-262; <c>x</c> beside them lets white space and comments stand in the pattern.</param>
    /// <param name="after">What .NET is to see behind the pattern as a whole.</param>
    /// <exception cref="PatternException">The pattern is not one of ECMA-262, or asks for what is not offered; the message names the place.</exception>
    public static Regex Compile(string pattern, string flags, TimeSpan timeout, string? after = null)
    {
        if (pattern.Length > LongestPattern)
        {
            throw new PatternException($"The pattern has {pattern.Length} characters; {LongestPattern} are allowed.");
        }

        RepetitionLimit.Check(pattern);
        var isSpaced = Has('x');
        var translated = new PatternTranslation(pattern, Has('m'), Has('s'), isSpaced).Translate();
        var options =
            RegexOptions.NonBacktracking
            | RegexOptions.CultureInvariant
            | (Has('i') ? RegexOptions.IgnoreCase : RegexOptions.None)
            | (isSpaced ? RegexOptions.IgnorePatternWhitespace : RegexOptions.None);
        try
        {
            return new Regex(after is null ? translated : $"(?:{translated}){after}", options, timeout);
        }
        catch (RegexParseException e)
        {
            throw new PatternException(Sentence(e.Error));
        }
        catch (NotSupportedException)
        {
            throw new PatternException("The pattern asks for what cannot be matched in linear time.");
        }

        bool Has(char flag) => flags.Contains(flag, StringComparison.Ordinal);
    }

    /// <summary>Why a pattern cannot be used; null when it can.</summary>
    public static string? ErrorOf(string pattern, string flags)
    {
        try
        {
            _ = Compile(pattern, flags, Regex.InfiniteMatchTimeout);
            return null;
        }
        catch (PatternException e)
        {
            return e.Message;
        }
    }

    // What is wrong, without the translated pattern, which nobody wrote.
    private static string Sentence(RegexParseError error) =>
        error switch
        {
            RegexParseError.InsufficientClosingParentheses => "A ')' is missing.",
            RegexParseError.InsufficientOpeningParentheses => "A ')' has no '('.",
            RegexParseError.UnterminatedBracket => "A ']' is missing.",
            RegexParseError.ReversedCharacterRange => "A range in brackets ends before it starts.",
            RegexParseError.ShorthandClassInCharacterRange => "A class such as \\d cannot be the end of a range.",
            RegexParseError.ReversedQuantifierRange => "A repetition ends before it starts.",
            RegexParseError.QuantifierAfterNothing => "A repetition has nothing before it.",
            RegexParseError.NestedQuantifiersNotParenthesized => "A repetition follows another; put the first into a group.",
            RegexParseError.QuantifierOrCaptureGroupOutOfRange => "A number is too large.",
            RegexParseError.UnrecognizedUnicodeProperty or RegexParseError.InvalidUnicodePropertyEscape or RegexParseError.MalformedUnicodePropertyEscape =>
                @"\p names no general category; write one such as \p{Lu}.",
            RegexParseError.InsufficientOrInvalidHexDigits => @"\x takes two and \u four hexadecimal digits.",
            RegexParseError.UnescapedEndingBackslash => "The pattern ends with a lone backslash.",
            _ => $"The pattern is not valid ({error}).",
        };
}
