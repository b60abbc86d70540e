using System.Text.RegularExpressions;
using Hub.Routing.Templates;
using Hub.TestSupport;

namespace Hub.Routing.Tests.Templates;

/// <summary>Runs the reference engine's own test files: a template and the output, or the place of the error, that it gives.</summary>
public sealed partial class ScribanConformanceTests
{
    private const string Functions = "it calls functions that only the reference engine's own tests define";

    private static readonly Dictionary<string, string> Unsupported = new(StringComparer.Ordinal)
    {
        ["100-expressions/190-func-call-params-arguments"] = Functions,
        ["400-builtins/400-builtins"] = "it lists the functions of the group date, which has one more here",
    };

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        if (ConformanceData.Exists)
        {
            var root = ConformanceData.PathTo("scriban", "TestFiles");
            foreach (var file in Directory.EnumerateFiles(root, "*.out.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                files.Add(Path.GetRelativePath(root, file)[..^".out.txt".Length]);
            }
        }
        else
        {
            files.Add("");
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void TestFile_Rendered_GivesExpectedOutput(string name)
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        Assert.SkipWhen(
            name.Contains("liquid", StringComparison.Ordinal) || name.Contains("scientific", StringComparison.Ordinal),
            "another mode of the reference engine"
        );
        if (Unsupported.TryGetValue(name, out var reason))
        {
            Assert.Skip(reason);
        }

        var template = Read(name + ".txt");
        var expected = Read(name + ".out.txt");
        if (Error().Match(expected) is { Success: true } place)
        {
            var error = Assert.Throws<TemplateException>(() => Render(template));
            Assert.Equal($"({place.Groups["line"].Value},{place.Groups["column"].Value})", $"({error.Line},{error.Column})");
            return;
        }

        Assert.Equal(expected.TrimEnd(), Render(template).TrimEnd());
    }

    private static string Render(string template) => Template.Parse(template).Render(ScribanModel.Globals);

    private static string Read(string name) =>
        File.ReadAllText(ConformanceData.PathTo("scriban", "TestFiles", name)).Replace("\r\n", "\n", StringComparison.Ordinal);

    [GeneratedRegex(@"^text\((?<line>\d+),(?<column>\d+)\) : error : ", RegexOptions.NonBacktracking)]
    private static partial Regex Error();
}
