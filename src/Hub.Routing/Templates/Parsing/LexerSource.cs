namespace Hub.Routing.Templates.Parsing;

/// <summary>The text that is cut into tokens, the place reached in it, and the tokens so far.</summary>
internal sealed class LexerSource(string text)
{
    private const int UsualTokenLength = 4;
    private const int MostExpected = 256;

    public string Text { get; } = text;

    /// <summary>The place reached.</summary>
    public int At { get; set; }

    public List<Token> Tokens { get; } = new(Math.Min(text.Length / UsualTokenLength, MostExpected) + 4);

    public char Current => Peek(0);

    public char Peek(int ahead) => (uint)(At + ahead) < (uint)Text.Length ? Text[At + ahead] : '\0';

    public void Add(TokenKind kind, int start, int end)
    {
        if (Tokens.Count == TemplateLimits.Parts)
        {
            throw TemplateException.At(
                Text,
                start,
                $"The template consists of more parts than its limit Parts = {TemplateLimits.Parts}",
                nameof(TemplateLimits.Parts)
            );
        }

        Tokens.Add(new Token(kind, start, end));
    }

    public TemplateException Error(int at, string message) => TemplateException.At(Text, at, message);

    public void SkipWhitespace()
    {
        while (char.IsWhiteSpace(Current))
        {
            At++;
        }
    }

    /// <summary>Goes on to the next such sign, or to the end.</summary>
    public void SkipTo(char sign) => At = Text.IndexOf(sign, At) is >= 0 and var found ? found : Text.Length;

    /// <summary>Goes on behind the letters and digits that a name has here.</summary>
    public void SkipName()
    {
        var at = At;
        while (at < Text.Length && IsInName(Text[at]))
        {
            at++;
        }

        At = at;
    }

    public static bool IsFirstOfName(char c) => c == '_' || char.IsLetter(c);

    public static bool IsInName(char c) => IsFirstOfName(c) || char.IsDigit(c);
}
