using System.Text.RegularExpressions;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>Tells a valid template's own text from its code, to know what surrounds a value.</summary>
internal static partial class TemplatePieces
{
    public static List<TemplatePiece> Split(string text)
    {
        var pieces = new List<TemplatePiece>();
        var literal = 0;
        for (var i = 0; i < text.Length; )
        {
            if (EscapeAt(text, i) is { } escape)
            {
                AddLiteral(text[literal..i]);
                AddLiteral(text[escape.Inner]);
                i = literal = escape.End;
            }
            else if (string.CompareOrdinal(text, i, "{{", 0, 2) == 0)
            {
                AddLiteral(text[literal..i]);
                var end = EndOfCode(text, i + 2);
                var code = text[i..end];
                pieces.Add(new TemplatePiece(code, IsStatement(code) ? TemplatePieceKind.Statement : TemplatePieceKind.Value));
                i = literal = end;
            }
            else
            {
                i++;
            }
        }

        AddLiteral(text[literal..]);
        return pieces;

        void AddLiteral(string part)
        {
            if (part.Length > 0)
            {
                pieces.Add(new TemplatePiece(part, TemplatePieceKind.Literal));
            }
        }
    }

    // {%{ shows braces }%}, with as many percent signs as it takes; without its end it goes on to the end of the text.
    private static (Range Inner, int End)? EscapeAt(string text, int start)
    {
        var open = start + 1;
        while (open < text.Length && text[open] == '%')
        {
            open++;
        }

        if (text[start] != '{' || open == start + 1 || open >= text.Length || text[open] != '{')
        {
            return null;
        }

        var close = $"}}{new string('%', open - start - 1)}}}";
        var end = text.IndexOf(close, open + 1, StringComparison.Ordinal);
        return end < 0 ? ((open + 1)..text.Length, text.Length) : ((open + 1)..end, end + close.Length);
    }

    private static int EndOfCode(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' or '\'' or '`':
                    i = EndOfQuote(text, i);
                    break;
                case '#':
                    i = EndOfComment(text, i) - 1;
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when depth > 0:
                    depth--;
                    break;
                case '}' when i + 1 < text.Length && text[i + 1] == '}':
                    return i + 2;
            }
        }

        return text.Length;
    }

    private static int EndOfQuote(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == text[start])
            {
                return i;
            }

            i += text[i] == '\\' && text[start] != '`' ? 1 : 0;
        }

        return text.Length;
    }

    private static int EndOfComment(string text, int start)
    {
        var isLong = start + 1 < text.Length && text[start + 1] == '#';
        for (var i = start + (isLong ? 2 : 1); i < text.Length; i++)
        {
            if (string.CompareOrdinal(text, i, "}}", 0, 2) == 0 || (!isLong && text[i] == '\n'))
            {
                return i;
            }

            if (isLong && string.CompareOrdinal(text, i, "##", 0, 2) == 0)
            {
                return i + 2;
            }
        }

        return text.Length;
    }

    private static bool IsStatement(string code)
    {
        var inner = code.AsSpan(2, Math.Max(0, code.Length - 4)).Trim("-~ \t\r\n");
        return inner.IsEmpty || Steering().IsMatch(inner);
    }

    [GeneratedRegex(
        @"^((if|else|end|for|while|case|when|with|capture|func|tablerow|break|continue|ret|wrap|import|readonly|include)"
            + @"\b(?!\s*[.(])|\#[^\n]*$|[\w.$\[\]]+\s*([-+*%]|/{1,2})?=(?!=)[^;\n]*$)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Steering();
}
