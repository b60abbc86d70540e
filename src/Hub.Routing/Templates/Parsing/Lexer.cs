namespace Hub.Routing.Templates.Parsing;

/// <summary>Cuts a template into tokens.</summary>
internal static class Lexer
{
    /// <summary>
    /// All tokens, ended by Eof. An error ends them with Invalid, so that the parser can name an earlier one.
    /// <paramref name="codeOnly"/>: the whole text is code, without <c>{{</c>.
    /// </summary>
    public static (List<Token> Tokens, TemplateException? Error) Tokenize(string text, bool codeOnly)
    {
        var source = new LexerSource(text);
        TemplateException? exception = null;
        try
        {
            new BlockLexer(source, codeOnly).ReadAll();
        }
        catch (TemplateException e)
        {
            exception = e;
            source.Tokens.Add(new Token(TokenKind.Invalid, source.At, source.At));
        }

        source.Tokens.Add(new Token(TokenKind.Eof, text.Length, text.Length));
        return (source.Tokens, exception);
    }

    /// <summary>
    /// How many parts a template consists of; <see cref="TemplateLimits.Parts"/> when it has more, or as many as there are before an error.
    /// </summary>
    public static int Count(string text) => Tokenize(text, codeOnly: false).Tokens.Count;
}
