namespace Hub.Routing.Patterns;

/// <summary>The classes of ECMA-262 as .NET writes them.</summary>
internal static class PatternClasses
{
    private const string Pair = @"[\ud800-\udbff][\udc00-\udfff]";
    private const string Spaces = @"\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
    private const string NoSpaces =
        @"\u0000-\u0008\u000e-\u001f!-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe" + @"\uff00-\uffff";

    /// <summary>What no character is.</summary>
    public const string Never = @"[^\u0000-\uffff]";

    /// <summary>Any character but some, none of which is a pair: a pair is one, and half of a pair none.</summary>
    public static string Whole(string without) => $@"(?:{Pair}|[^\ud800-\udfff{(without.StartsWith('-') ? "\\" : "")}{without}])";

    /// <summary>What <c>\d</c> and its like stand for, outside of brackets or within.</summary>
    public static string Of(char letter, bool inClass) =>
        (letter, inClass) switch
        {
            ('d', true) => "0-9",
            ('d', false) => "[0-9]",
            ('D', true) => @"\u0000-/:-\uffff",
            ('D', false) => Whole("0-9"),
            ('w', true) => "0-9A-Z_a-z",
            ('w', false) => "[0-9A-Z_a-z]",
            ('W', true) => @"\u0000-/:-@\u005b-\u005e`\u007b-\uffff",
            ('W', false) => Whole("0-9A-Z_a-z"),
            ('s', true) => Spaces,
            ('s', false) => $"[{Spaces}]",
            ('S', true) => NoSpaces,
            _ => Whole(Spaces),
        };
}
