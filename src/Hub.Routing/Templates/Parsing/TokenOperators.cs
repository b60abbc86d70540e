using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Parsing;

/// <summary>The operators that tokens are, and which binds tighter.</summary>
internal static class TokenOperators
{
    public const int UnaryPrecedence = 200;
    public const int IncrementPrecedence = 210;

    public static (TokenKind Kind, Operator? Operator)? Assignment(TokenKind kind) =>
        kind switch
        {
            TokenKind.Equal => (TokenKind.Equal, null),
            TokenKind.PlusEqual => (TokenKind.PlusEqual, Operator.Add),
            TokenKind.MinusEqual => (TokenKind.MinusEqual, Operator.Subtract),
            TokenKind.StarEqual => (TokenKind.StarEqual, Operator.Multiply),
            TokenKind.SlashEqual => (TokenKind.SlashEqual, Operator.Divide),
            TokenKind.DoubleSlashEqual => (TokenKind.DoubleSlashEqual, Operator.DivideRound),
            TokenKind.PercentEqual => (TokenKind.PercentEqual, Operator.Modulus),
            _ => null,
        };

    public static Operator? Binary(TokenKind kind) =>
        kind switch
        {
            TokenKind.Star => Operator.Multiply,
            TokenKind.Slash => Operator.Divide,
            TokenKind.DoubleSlash => Operator.DivideRound,
            TokenKind.Plus => Operator.Add,
            TokenKind.Minus => Operator.Subtract,
            TokenKind.Percent => Operator.Modulus,
            TokenKind.ShiftLeft => Operator.ShiftLeft,
            TokenKind.ShiftRight => Operator.ShiftRight,
            TokenKind.DoubleQuestion => Operator.Coalesce,
            TokenKind.QuestionNot => Operator.NotNull,
            TokenKind.DoubleAmp => Operator.And,
            TokenKind.DoublePipe => Operator.Or,
            TokenKind.DoubleEqual => Operator.Equal,
            TokenKind.NotEqual => Operator.NotEqual,
            TokenKind.Greater => Operator.Greater,
            TokenKind.GreaterEqual => Operator.GreaterOrEqual,
            TokenKind.Less => Operator.Less,
            TokenKind.LessEqual => Operator.LessOrEqual,
            TokenKind.DoubleDot => Operator.RangeInclude,
            TokenKind.DoubleDotLess => Operator.RangeExclude,
            _ => null,
        };

    public static int Precedence(Operator op) =>
        op switch
        {
            Operator.Coalesce or Operator.NotNull => 20,
            Operator.Or => 30,
            Operator.And => 40,
            Operator.Equal or Operator.NotEqual => 70,
            Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual => 80,
            Operator.Add or Operator.Subtract => 100,
            Operator.RangeInclude or Operator.RangeExclude => 130,
            _ => 110,
        };
}
