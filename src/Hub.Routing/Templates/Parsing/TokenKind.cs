namespace Hub.Routing.Templates.Parsing;

internal enum TokenKind : byte
{
    Invalid, Eof, Raw, EscapedRaw, CodeEnter, CodeExit, EscapeEnter, EscapeExit, NewLine, Semicolon,
    Identifier, LocalIdentifier, Integer, HexInteger, BinaryInteger, Float, String, VerbatimString,
    InterpolatedWhole, InterpolatedBegin, InterpolatedMiddle, InterpolatedEnd, InterpolatedOpen, InterpolatedClose,
    At, Caret, Colon, Comma, Dot, QuestionDot, DoubleDot, DoubleDotLess, TripleDot,
    OpenParen, CloseParen, OpenBracket, CloseBracket, OpenBrace, CloseBrace,
    Equal, PlusEqual, MinusEqual, StarEqual, SlashEqual, DoubleSlashEqual, PercentEqual,
    Pipe, Not, DoubleAmp, DoublePipe, Question, DoubleQuestion, QuestionNot,
    DoubleEqual, NotEqual, Less, LessEqual, Greater, GreaterEqual, ShiftLeft, ShiftRight,
    Star, Slash, DoubleSlash, Plus, DoublePlus, Minus, DoubleMinus, Percent, Amp,
}
