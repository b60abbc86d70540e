namespace Hub.Routing.Templates.Parsing;

/// <summary>The tokens of one to three signs.</summary>
internal static class TokenSymbols
{
    public static (TokenKind Kind, int Length) At(char c, char next, char third) =>
        (c, next, third) switch
        {
            ('.', '.', '.') => (TokenKind.TripleDot, 3),
            ('.', '.', '<') => (TokenKind.DoubleDotLess, 3),
            ('/', '/', '=') => (TokenKind.DoubleSlashEqual, 3),
            ('.', '.', _) => (TokenKind.DoubleDot, 2),
            ('/', '/', _) => (TokenKind.DoubleSlash, 2),
            ('/', '=', _) => (TokenKind.SlashEqual, 2),
            ('*', '=', _) => (TokenKind.StarEqual, 2),
            ('+', '+', _) => (TokenKind.DoublePlus, 2),
            ('+', '=', _) => (TokenKind.PlusEqual, 2),
            ('-', '-', _) => (TokenKind.DoubleMinus, 2),
            ('-', '=', _) => (TokenKind.MinusEqual, 2),
            ('%', '=', _) => (TokenKind.PercentEqual, 2),
            ('&', '&', _) => (TokenKind.DoubleAmp, 2),
            ('|', '|', _) => (TokenKind.DoublePipe, 2),
            ('|', '>', _) => (TokenKind.Pipe, 2),
            ('?', '?', _) => (TokenKind.DoubleQuestion, 2),
            ('?', '!', _) => (TokenKind.QuestionNot, 2),
            ('?', '.', _) => (TokenKind.QuestionDot, 2),
            ('!', '=', _) => (TokenKind.NotEqual, 2),
            ('=', '=', _) => (TokenKind.DoubleEqual, 2),
            ('<', '=', _) => (TokenKind.LessEqual, 2),
            ('<', '<', _) => (TokenKind.ShiftLeft, 2),
            ('>', '=', _) => (TokenKind.GreaterEqual, 2),
            ('>', '>', _) => (TokenKind.ShiftRight, 2),
            _ => (
                c switch
                {
                    ';' => TokenKind.Semicolon,
                    ':' => TokenKind.Colon,
                    '@' => TokenKind.At,
                    '^' => TokenKind.Caret,
                    ',' => TokenKind.Comma,
                    '.' => TokenKind.Dot,
                    '(' => TokenKind.OpenParen,
                    ')' => TokenKind.CloseParen,
                    '[' => TokenKind.OpenBracket,
                    ']' => TokenKind.CloseBracket,
                    '{' => TokenKind.OpenBrace,
                    '=' => TokenKind.Equal,
                    '|' => TokenKind.Pipe,
                    '!' => TokenKind.Not,
                    '?' => TokenKind.Question,
                    '<' => TokenKind.Less,
                    '>' => TokenKind.Greater,
                    '*' => TokenKind.Star,
                    '/' => TokenKind.Slash,
                    '+' => TokenKind.Plus,
                    '-' => TokenKind.Minus,
                    '%' => TokenKind.Percent,
                    '&' => TokenKind.Amp,
                    _ => TokenKind.Invalid,
                },
                1
            ),
        };
}
