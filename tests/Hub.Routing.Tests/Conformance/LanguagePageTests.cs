using System.Runtime.CompilerServices;
using Hub.Routing.Tests.JsonPath;
using Hub.Routing.Tests.Templates;
using Hub.TestSupport;

namespace Hub.Routing.Tests.Conformance;

/// <summary>The table on docs/languages.md says what the tests find. FLOWPILOT_UPDATE_DOCS=1 writes it anew.</summary>
public sealed class LanguagePageTests
{
    private const string Start = "<!-- conformance: written by LanguagePageTests -->\n";
    private const string End = "<!-- end of conformance -->";

    [Fact]
    public void Page_Table_IsWhatTheTestsFind()
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        var counts = Paths().Concat(TestFiles()).Concat(Documentation()).ToArray();
        var table =
            "| corpus | part | cases | as prescribed | not, and why |\n| --- | --- | --- | --- | --- |\n"
            + string.Concat(counts.Select(count => count.Row + "\n"));
        var page = File.ReadAllText(PagePath());
        var (from, to) = (page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, page.IndexOf(End, StringComparison.Ordinal));
        if (page[from..to] == table)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("FLOWPILOT_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(PagePath(), page[..from] + table + page[to..]);
            return;
        }

        // Another edition of the corpora has other numbers; the tests of its cases speak for themselves.
        Assert.SkipUnless(
            counts.All(count => page.Contains($"| {count.Part} | {count.Cases} |", StringComparison.Ordinal)),
            "the page is about another edition of the data"
        );
        Assert.Fail($"docs/languages.md differs from what the tests find. FLOWPILOT_UPDATE_DOCS=1 writes:\n{table}");
    }

    private static IEnumerable<ConformanceCount> Paths()
    {
        var count = new ConformanceCount("JSONPath", "RFC 9535 compliance suite");
        var tests = new ComplianceSuiteTests();
        foreach (var (index, name) in ComplianceSuiteTests.Cases().Select(row => row.Data))
        {
            count.Run(name, () => tests.Query_OfTheSuite_BehavesAsPrescribed(index, name));
        }

        return [count];
    }

    private static IEnumerable<ConformanceCount> TestFiles()
    {
        var tests = new ScribanConformanceTests();
        foreach (var folder in ScribanConformanceTests.Files().Select(row => row.Data).GroupBy(name => name.Split('/', '\\')[0]))
        {
            var count = new ConformanceCount("Templates: test files", folder.Key);
            foreach (var name in folder)
            {
                count.Run(Path.GetFileName(name), () => tests.TestFile_Rendered_GivesExpectedOutput(name));
            }

            yield return count;
        }
    }

    private static IEnumerable<ConformanceCount> Documentation()
    {
        var tests = new ScribanDocumentationTests();
        foreach (var page in ScribanDocumentationTests.Examples().Select(row => row.Data).GroupBy(example => example.Item1))
        {
            var count = new ConformanceCount("Templates: documentation", page.Key);
            foreach (var (name, line, input, output) in page)
            {
                count.Run($"line {line}", () => tests.Example_Rendered_GivesDocumentedOutput(name, line, input, output));
            }

            yield return count;
        }
    }

    private static string PagePath([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs", "languages.md"));
}
