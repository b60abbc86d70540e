using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.JsonPath;
using Hub.Routing.Schemas;
using Hub.Routing.Templates;
using Hub.Routing.Tests.Workflows;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Patterns;

/// <summary>
/// A pattern means the same in a condition, a payload schema, a template and, as far as the standard of JSONPath has it, in a JSONPath filter.
/// </summary>
public sealed class PatternTableTests
{
    /// <summary>Pattern, flags, text, whether it matches. What follows is of I-Regexp too where the last is true.</summary>
    public static TheoryData<string, string, string, bool, bool> Cases =>
        new()
        {
            { "^b", "", "ab", false, true },
            { "b$", "", "ab", true, true },
            { "b$", "", "ab\n", false, true },
            { "^ab$", "", "ab", true, true },
            { "b|c", "", "ac", true, true },
            { "a.c", "", "a😀c", true, true },
            { "^a..c$", "", "a😀c", false, true },
            { "a.c", "", "a\nc", false, true },
            { "a.c", "", "a\rc", false, true },
            { "a.c", "", "a\u2028c", false, false },
            { "^(ab){2,3}$", "", "ababab", true, true },
            { "^😀{2}$", "", "😀😀", true, true },
            { "^[a-c]+$", "", "abcabc", true, true },
            { @"^\p{Lu}+$", "", "ÄÖ", true, true },
            { @"^\P{Lu}$", "", "a", true, true },
            { @"^[^a]$", "", "b", true, true },
            { @"^[^a-]$", "", "b", true, true },
            { @"^[^-a]$", "", "-", false, true },
            { @"^[^a]$", "", "😀", true, true },
            { @"^[^a][^a]$", "", "😀", false, true },
            { @"\(\)\*\+\.", "", "()*+.", true, true },
            { @"^\d+$", "", "123", true, false },
            { @"^\d+$", "", "१२", false, false },
            { @"^\D$", "", "१", true, false },
            { @"^\w+$", "", "a_9", true, false },
            { @"^\w+$", "", "é", false, false },
            { @"^\W$", "", "😀", true, false },
            { @"^[\w-]+$", "", "a-b", true, false },
            { @"^\s+$", "", " \t\n\v\f\r\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000\ufeff", true, false },
            { @"^\s$", "", "\u0085", false, false },
            { @"^\S$", "", "\u0085", true, false },
            { @"^[\S]$", "", "\ufeff", false, false },
            { @"^[^\s]$", "", "x", true, false },
            { @"\bcat\b", "", "a cat", true, false },
            { @"\bcat\b", "", "concat", false, false },
            { @"\Bcat", "", "concat", true, false },
            { @"^[\b]$", "", "\b", true, false },
            { @"^\u{1F600}+$", "", "😀😀", true, false },
            { @"^\u00e9\x41\cA\0\v\/\-$", "", "éA\u0001\0\v/-", true, false },
            { "^(?:a|b)+?$", "", "abab", true, false },
            { "^(?<year>[0-9]{4})$", "", "2026", true, false },
            { "^[a-z-[aeiou]]$", "", "a]", true, false },
            { "^[[]$", "", "[", true, false },
            { "^ab$", "i", "AB", true, false },
            { "^ä$", "i", "Ä", true, false },
            { "^i$", "i", "İ", false, false },
            { "^b$", "m", "a\nb\nc", true, false },
            { "^b$", "", "a\nb\nc", false, false },
            { "^a.c$", "s", "a\nc", true, false },
            { "^a.c$", "s", "a😀c", true, false },
            { "^B.$", "ims", "a\nb\n", true, false },
            { "^a(?i:b)c$", "", "aBc", true, false },
            { "^a(?i:b)c$", "", "aBC", false, false },
            { "^(?-i:a)b$", "i", "aB", true, false },
            { "^(?-i:a)b$", "i", "AB", false, false },
            { "^(?s:a.)b.$", "", "a\nb\n", false, false },
            { "^[😀a]$", "", "😀", true, true },
            { "^[😀a]", "", "😁", false, true },
            { "^[^😀a]$", "", "😁", true, true },
            { "^[^😀a]$", "", "😀", false, true },
            { "^[^😀a]$", "", "b", true, true },
            { "^[😀-😎]+$", "", "😁😂😎", true, true },
            { "^[😀-😎]$", "", "😏", false, true },
            { "^[a-😎]+$", "", "bé€😁", true, true },
            { "^[^a-😎]$", "", "🙂", true, true },
            { "^[𐀀-\U0010FFFF]{2}$", "", "😁𐀀", true, true },
            { @"^[\u{1F600}-\u{1F60E}]$", "", "😁", true, false },
            { @"^[\ud83d\ude00]$", "", "😀", true, false },
            { @"^\ud83d\ude00{2}$", "", "😀😀", true, false },
            { @"\ud83d", "", "😀", false, false },
            { @"[\ud83d]", "", "😀", false, false },
            { @"^[\D]$", "", "😀", true, false },
            { @"^[\D][\D]$", "", "😀", false, false },
            { @"^[^\D]$", "", "😀", false, false },
            { @"^[\S\s]$", "", "😀", true, false },
            { @"^\P{L}$", "", "😀", true, true },
            { @"^\P{L}\P{L}$", "", "😀", false, true },
            { @"^[\P{L}a]$", "", "😀", true, true },
            { @"\p{C}", "", "😀", false, true },
            { @"^[\p{L}-]+$", "", "é-a", true, true },
            { @"^[\x41-C\cA\0]+$", "", "ABC\u0001\0", true, false },
            { "^[a-c]$", "i", "B", true, false },
            { "^(a+)+$", "", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false, true },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pattern_AtEveryPlace_MeansTheSame(string pattern, string flags, string text, bool matches, bool isOfJsonPath)
    {
        var written = flags.Length == 0 ? pattern : $"(?{flags}:{pattern})";
        var condition = Condition.Parse(
            Json(
                new
                {
                    path = "$.x",
                    op = "matches",
                    value = written,
                }
            )
        );
        Assert.Equal(matches, condition.Evaluate(Json(new { x = text })).Value);

        Assert.Equal(matches, PayloadSchema.Parse(Json(new { pattern = written })).Check(Json(text)).Count == 0);

        const string Found = "{{ (regex.match x p f) | array.size }}";
        Assert.Equal(
            matches,
            Template
                .Parse(Found)
                .Render(
                    Json(
                        new
                        {
                            x = text,
                            p = pattern,
                            f = flags,
                        }
                    )
                ) != "0"
        );
        Assert.Equal(
            matches,
            Template
                .Parse(Found)
                .Render(
                    Json(
                        new
                        {
                            x = text,
                            p = written,
                            f = "",
                        }
                    )
                ) != "0"
        );
        if (isOfJsonPath)
        {
            Assert.Equal(matches, JsonPathQuery.Parse($"$[?search(@, {JsonSerializer.Serialize(pattern)})]").Select(Json(new[] { text })).Count == 1);
        }
    }

    [Theory]
    [InlineData("a(?=b)", "a lookahead at character 2")]
    [InlineData("a(?!b)", "a negative lookahead at character 2")]
    [InlineData("(?<=a)b", "a lookbehind at character 1")]
    [InlineData("(?<!a)b", "a lookbehind at character 1")]
    [InlineData("(a)\\1", "a back-reference at character 4")]
    [InlineData("(?<n>a)\\k<n>", "a back-reference at character 8")]
    [InlineData("(?>a)", "nothing else (character 1)")]
    [InlineData("a(?i)b", "nothing else (character 2)")]
    [InlineData("(?#a)", "nothing else (character 1)")]
    [InlineData("(?'n'a)", "nothing else (character 1)")]
    [InlineData("\\Aa", "write ^ or $ (character 1)")]
    [InlineData("a\\z", "write ^ or $ (character 2)")]
    [InlineData("\\a", "there is no escape '\\a'", true)]
    [InlineData("[]", "is empty (character 1)")]
    [InlineData("[a", "']' is missing")]
    [InlineData("(a", "')' is missing")]
    [InlineData("a)", "')' has no '('")]
    [InlineData("a**", "follows another")]
    [InlineData("*", "nothing before it")]
    [InlineData("\\", "lone backslash")]
    [InlineData("\\p{Greek}", "general category")]
    [InlineData("[b-a]", "nds before it starts")]
    [InlineData("[😎-😀]", "nds before it starts")]
    [InlineData("[a-\\d]", "cannot be the end of a range")]
    [InlineData("[\\x4]", "two and \\u four hexadecimal digits")]
    [InlineData("\\u12", "two and \\u four hexadecimal digits")]
    [InlineData("[\\1]", "a back-reference at character 2")]
    [InlineData("(a{100}){100}{100}", "")]
    public void Pattern_ThatIsNotOffered_IsNamedAtEveryPlace(string pattern, string problem, bool isCapital = false)
    {
        problem = isCapital ? char.ToUpperInvariant(problem[0]) + problem[1..] : problem;
        var text = JsonSerializer.Serialize(pattern);
        var document = $$$"""
            { "schema": "flowpilot/v1", "name": "Test",
              "trigger": { "type": "webhook", "source": "x",
                "filter": { "path": "$.trigger.body.x", "op": "matches", "value": {{{text}}} },
                "schema": { "pattern": {{{text}}} } },
              "steps": [ { "id": "a", "type": "if", "when": { "path": "$.trigger.body.x", "op": "matches", "value": {{{text}}} } },
                { "id": "b", "type": "log", "after": [ "a.true" ], "with": { "message": {{{JsonSerializer.Serialize(
                $"{{{{ trigger.body.x | regex.match `{pattern}` }}}}"
            )}}} } } ] }
            """;
        var errors = WorkflowReader
            .Read(System.Text.Encoding.UTF8.GetBytes(document), new TestCatalog())
            .Errors.Where(error => error.Severity == ErrorSeverity.Error)
            .ToList();
        Assert.Equal(
            ["/steps/0/when/value", "/steps/1/with/message", "/trigger/filter/value", "/trigger/schema/pattern"],
            errors.Select(error => error.Pointer).Order(StringComparer.Ordinal)
        );
        Assert.All(errors, error => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.StartsWith("Correct it: patterns are those of ECMA-262", error.Remedy, StringComparison.Ordinal));
        var error = Assert.Throws<TemplateException>(() => Template.Parse("{{ 'a' | regex.match p }}").Render(Json(new { p = pattern })));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
