using System.Text.Json;
using Hub.Routing.Templates;
using Hub.Routing.Templates.Functions;

namespace Hub.Routing.Tests.Templates;

/// <summary>No function leaves half of a character of two UTF-16 units, whatever it cuts.</summary>
public sealed class WholeCharacterTests
{
    private static readonly string[] Texts = ["😀", "a😀b😁", "👍🏽👨‍👩‍👧🇦🇹", "e\u0301😀", "\ud83d", "\ude00x", ""];
    private static readonly string[] Numbers = ["0", "1", "2", "-1", "5"];

    [Theory]
    [InlineData("{{ 'a😀b' | string.remove_last '\\ud83d' }}", "a😀b")]
    [InlineData("{{ 'a😀b' | string.replace_first '\\ude00' 'x' }}", "a😀b")]
    [InlineData("{{ '😀' | string.split '\\ud83d' }}", "[\"😀\"]")]
    [InlineData("{{ \"\\ud83d\" }}", "\uFFFD")]
    [InlineData("{{ \"\\ud83d\\ude00\" }}", "😀")]
    [InlineData("{{ $\"\\ud83d{1}\\ude00\" }}", "\uFFFD1\uFFFD")]
    [InlineData("{{ '\\\\ud83d' | regex.unescape }}", "\uFFFD")]
    [InlineData("{{ '😀😁' | regex.replace '' '-' }}", "-😀-😁-")]
    [InlineData("{{ '😀😁' | regex.split '' }}", "[\"\", \"😀\", \"😁\", \"\"]")]
    [InlineData("{{ '😀😁' | regex.replace '[^😀]' 'x' }}", "😀x")]
    [InlineData("{{ '😀😁' | regex.replace '[😀]' 'x' }}", "x😁")]
    [InlineData("{{ '😀' | regex.match `(\\P{L})` }}", "[\"😀\", \"😀\"]")]
    [InlineData("{{ '😀😁' | regex.matches `[\\D]` }}", "[[\"😀\"], [\"😁\"]]")]
    [InlineData("{{ '👍🏽👍' | string.slice1 0 }}", "👍🏽")]
    [InlineData("{{ '👍🏽👍' | string.truncate 1 '' }}", "👍🏽")]
    [InlineData("{{ '👍🏽' | string.pad_left 3 }}", "  👍🏽")]
    [InlineData("{{ '👍🏽a' | string.index_of 'a' }}", "1")]
    public void Function_OverPairs_KeepsThemWhole(string template, string expected) =>
        Assert.Equal(expected, Template.Parse(template).Render(JsonElement.Parse("{}")));

    [Fact]
    public void EveryFunctionOfTexts_OverPairs_LeavesNoHalf()
    {
        var model = JsonElement.Parse("{}");
        var rendered = 0;
        foreach (var (group, name, parameters) in Functions())
        {
            foreach (var arguments in Arguments(parameters))
            {
                var template = $"{{{{ {group}.{name}({string.Join(", ", arguments)}) }}}}";
                try
                {
                    var text = Template.Parse(template).Render(model);
                    Assert.True(IsWhole(text), $"{template}: {JsonSerializer.Serialize(text)}");
                    rendered++;
                }
                catch (TemplateException)
                {
                    // Not every argument fits.
                }
            }
        }

        Assert.True(rendered > 2_000, $"Only {rendered} were rendered.");
    }

    private static IEnumerable<(string Group, string Name, Parameter[] Parameters)> Functions() =>
        from @group in new[] { "string", "regex", "html", "url", "base64" }
        from member in ((BuiltinGroup)Builtins.All[@group]!).Members
        where member.Value is BuiltinFunction
        select (@group, member.Key, ((BuiltinFunction)member.Value!).Parameters.ToArray());

    private static IEnumerable<string[]> Arguments(Parameter[] parameters)
    {
        IEnumerable<string[]> all =
        [
            [],
        ];
        foreach (var parameter in parameters.Where(parameter => !parameter.HasDefault))
        {
            var values = parameter.Kind is ParameterKind.Integer ? Numbers : [.. Texts.Select(Literal)];
            all = all.SelectMany(before => values.Select(value => (string[])[.. before, value]));
        }

        return all;
    }

    private static string Literal(string text) =>
        $"\"{string.Concat(text.Select(unit => char.IsSurrogate(unit) && text.Length <= 2 ? $"\\u{(int)unit:x4}" : unit.ToString()))}\"";

    private static bool IsWhole(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]))
            {
                if (!char.IsSurrogatePair(text, at))
                {
                    return false;
                }

                at++;
            }
        }

        return true;
    }
}
