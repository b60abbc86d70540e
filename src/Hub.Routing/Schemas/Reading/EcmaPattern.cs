using System.Text;

namespace Hub.Routing.Schemas.Reading;

/// <summary>
/// Writes a regular expression of JSON Schema (ECMA-262) for .NET, where some signs mean more: <c>$</c> also stands before a
/// last line break, a dot is half of an emoji, <c>\d</c> and <c>\w</c> take the digits and letters of every script, and brackets nest within brackets.
/// </summary>
internal static class EcmaPattern
{
    private const string AnyCharacter = @"(?:[\ud800-\udbff][\udc00-\udfff]|[^\n\r\u2028\u2029])";

    public static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                text.Append(Escape(pattern[++i], inClass));
            }
            else if (inClass)
            {
                inClass = c != ']';
                text.Append(c == '[' ? @"\[" : c.ToString());
            }
            else if (c == '[')
            {
                inClass = true;
                text.Append(c);

                // A bracket that closes at once is an empty class there, and the first character of a class here.
                var first = i + 1 < pattern.Length && pattern[i + 1] == '^' ? i + 2 : i + 1;
                if (first < pattern.Length && pattern[first] == ']')
                {
                    throw new ArgumentException("A class in brackets is empty.", nameof(pattern));
                }
            }
            else
            {
                text.Append(c switch { '$' => @"\z", '.' => AnyCharacter, _ => c.ToString() });
            }
        }

        return text.ToString();
    }

    private static string Escape(char letter, bool inClass) => (letter, inClass) switch
    {
        ('d', true) => "0-9",
        ('d', false) => "[0-9]",
        ('D', true) => @"\u0000-/:-\uffff",
        ('D', false) => "[^0-9]",
        ('w', true) => "0-9A-Z_a-z",
        ('w', false) => "[0-9A-Z_a-z]",
        ('W', true) => @"\u0000-/:-@\u005b-\u005e`\u007b-\uffff",
        ('W', false) => "[^0-9A-Z_a-z]",

        // Letters that mean a place in .NET, and only themselves in ECMA-262.
        ('A' or 'Z' or 'z' or 'G', _) => letter.ToString(),
        _ => $"\\{letter}",
    };
}
