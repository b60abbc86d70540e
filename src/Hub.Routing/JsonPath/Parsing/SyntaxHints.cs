namespace Hub.Routing.JsonPath.Parsing;

/// <summary>Remedies for the usual mistakes, most of them habits from other JSONPath dialects.</summary>
internal static class SyntaxHints
{
    public static string? AtStart(QueryScanner scanner) =>
        scanner.Current switch
        {
            ' ' or '\t' or '\r' or '\n' => "Remove the white space before the query.",
            '@' => "'@' is only known inside a filter; at the start it is '$'.",
            '{' => "A query is not put in braces.",
            _ when scanner.AtEnd => "The whole document is '$'.",
            _ => "A query starts at the root, such as $.trigger.body.",
        };

    public static string? AfterDot(QueryScanner scanner) =>
        scanner.Current switch
        {
            '[' => "Remove the '.' before '['.",
            '\'' or '"' => "A quoted name stands in brackets, such as ['a name'].",
            '.' => "Descendants are written with two dots.",
            ' ' or '\t' or '\r' or '\n' => "Remove the white space after the dot.",
            '-' or (>= '0' and <= '9') => "An index is written [0]; a name that starts like a number is written ['0'].",
            '@' or '$' or '#' => "A name with other characters than letters, digits and '_' is written ['a name'].",
            _ => null,
        };

    public static string? AfterSegment(QueryScanner scanner) =>
        scanner.Current switch
        {
            ' ' or '\t' or '\r' or '\n' => "Remove the white space after the query.",
            '(' => "Functions are only known inside filters.",
            ']' => "This ']' has no '['.",
            _ when scanner.Position > 1 => "A name with other characters than letters, digits and '_' is written ['a-name'].",
            _ => "A member is written $.name.",
        };

    public static string? AtSelector(QueryScanner scanner) =>
        scanner.Current switch
        {
            ']' => "Every value is [*].",
            '(' => "Script expressions are not part of RFC 9535; the last item is [-1], a filter is [?...].",
            '@' or '$' or '!' => "A filter starts with '?'.",
            '+' => "A number has no plus sign.",
            var c when char.IsLetter(c) || c == '_' => "A name in brackets is quoted, such as ['name'].",
            _ => null,
        };

    public static string? InBrackets(QueryScanner scanner) =>
        scanner.Current switch
        {
            '=' => "Equality is '=='.",
            '&' => "And is '&&'.",
            '|' => "Or is '||'.",
            '.' => "An index is an integer.",
            '+' or '-' or '*' or '/' or '%' => "Filters know no arithmetic.",
            var c when char.IsLetter(c) => "And is '&&', or is '||'; patterns are written match(@.a, 'pattern').",
            _ => null,
        };

    public static string? AtOperand(QueryScanner scanner) =>
        scanner.Current switch
        {
            '=' or '<' or '>' => "Something to compare is missing, such as @.a or 1.",
            '~' => "Patterns are written match(@.a, 'pattern').",
            '!' => "Only a query, a test function or parentheses can be negated.",
            '/' => "A pattern is a quoted string: match(@.a, 'pattern').",
            '(' => "Only whole conditions stand in parentheses, not values.",
            '[' or '{' => "Arrays and objects cannot be written in a filter.",
            '.' or '+' => "A number is written such as 0.5 or 5.",
            _ => null,
        };
}
