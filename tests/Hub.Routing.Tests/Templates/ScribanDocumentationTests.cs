using System.Text.RegularExpressions;
using Hub.Routing.Templates;
using Hub.TestSupport;

namespace Hub.Routing.Tests.Templates;

/// <summary>Runs the examples of the language's documentation: each input block with the output block after it.</summary>
public sealed partial class ScribanDocumentationTests
{
    private const string Varies = "the output is never the same";
    private const string OlderPrint = "the documentation prints the array without quotes; arrays are printed with them";
    private const string NotRun = "the documentation shows what is not valid";
    private const string Sketched = "the documentation's output differs from its input in more than the feature";

    // By page and the start of the input.
    private static readonly (string Page, string Start, string Reason)[] Exceptions =
    [
        ("math", "{{ math.uuid }}", Varies),
        ("math", "{{ math.random 1 10 }}", Varies),
        ("language", "{{ \"this is a text\" | regex.split", OlderPrint),
        ("language", "{{sub_variable 5 1 -1}", NotRun),
        ("language", "{{\n    func my_processor", Sketched),
        ("language", "{{\na = {x: 1, y: 2}\nwith a\n    b = this", Sketched),
        ("language", "This is a <{{ name -}}", Sketched),
        ("language", "This is a <\n{{- name -}}", Sketched),
    ];

    public static TheoryData<string, int, string, string> Examples()
    {
        var data = new TheoryData<string, int, string, string>();
        if (!ConformanceData.Exists)
        {
            data.Add("", 0, "", "");
            return data;
        }

        string[] pages =
        [
            .. Directory.EnumerateFiles(ConformanceData.PathTo("scriban", "docs", "builtins"), "*.md").Order(StringComparer.Ordinal),
            ConformanceData.PathTo("scriban", "docs", "language.md"),
        ];
        foreach (var page in pages)
        {
            var text = File.ReadAllText(page).Replace("\r\n", "\n", StringComparison.Ordinal);
            foreach (Match match in Example().Matches(text))
            {
                data.Add(
                    Path.GetFileNameWithoutExtension(page),
                    1 + text.AsSpan(0, match.Index).Count('\n'),
                    Unindented(match, "in"),
                    Unindented(match, "out")
                );
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_Rendered_GivesDocumentedOutput(string page, int line, string input, string output)
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        Assert.True(line > 0);
        foreach (var (exceptPage, start, reason) in Exceptions)
        {
            Assert.SkipWhen(page == exceptPage && input.StartsWith(start, StringComparison.Ordinal), reason);
        }

        var clock = new FixedClock(new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero));
        var template = Template.Parse(Preamble(page, input));
        var rendered = template.Render(ScribanModel.Globals, new TemplateOptions { Clock = clock });
        Assert.Equal(Trimmed(output), Trimmed(rendered));
        Assert.Empty(template.UnknownFunctions);
    }

    /// <summary>What the text around an example assumes.</summary>
    private static string Preamble(string page, string input) =>
        page != "language" ? input
        : input.Contains("{{sub 5", StringComparison.Ordinal) ? "{{func sub(x,y)\n ret x - y\nend}}" + input
        : input.Contains("{{sub_opt", StringComparison.Ordinal) ? "{{func sub_opt(x, y, z = 1, w = 2)\n ret x - y - z - w\nend}}" + input
        : input.Contains("{{ product.name }}", StringComparison.Ordinal)
            ? "{{ products = [{name: \"Orange\"}, {name: \"Banana\"}, {name: \"Apple\"}] -}}\n" + input
        : "{{ name = \"foo\" -}}\n" + input;

    /// <summary>Lines without white space at their ends: the documentation does not show it.</summary>
    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(l => l.Trim())).Trim();

    private static string Unindented(Match match, string group) =>
        string.Join(
            '\n',
            match
                .Groups[group]
                .Value.Split('\n')
                .Select(l => l.StartsWith(match.Groups["pad"].Value, StringComparison.Ordinal) ? l[match.Groups["pad"].Length..] : l)
        );

    [GeneratedRegex(
        @"^(?<pad> *)> \*\*input\*\*\n *```[^\n]*\n(?<in>(?:(?!```).)*?)\n *``` *\n(?:(?!> \*\*|```).)*> \*\*output\*\* *\n *```[^\n]*\n(?<out>.*?)\n? *``` *$",
        RegexOptions.Singleline | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Example();
}
