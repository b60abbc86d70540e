using System.Text.Json;
using Hub.Routing.JsonPath;
using Hub.TestSupport;

namespace Hub.Routing.Tests.JsonPath;

/// <summary>The official compliance suite of RFC 9535, as data.</summary>
public sealed class ComplianceSuiteTests
{
    private static readonly Lazy<JsonElement[]> s_cases = new(() =>
        [.. JsonElement.Parse(File.ReadAllBytes(ConformanceData.PathTo("jsonpath", "cts-half.json"))).GetProperty("tests").EnumerateArray()]
    );

    public static TheoryData<int, string> Cases() =>
        ConformanceData.Exists ? [.. s_cases.Value.Select((c, i) => (i, c.GetProperty("name").GetString()!))] : [(0, ConformanceData.Missing)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Query_OfTheSuite_BehavesAsPrescribed(int index, string name)
    {
        Assert.SkipUnless(ConformanceData.Exists, ConformanceData.Missing);
        var prescribed = s_cases.Value[index];
        Assert.Equal(name, prescribed.GetProperty("name").GetString());
        var selector = prescribed.GetProperty("selector").GetString()!;
        if (prescribed.TryGetProperty("invalid_selector", out _))
        {
            Assert.False(JsonPathQuery.TryParse(selector, out _, out var error));
            Assert.InRange(error!.Position, 0, selector.Length);
            return;
        }

        var (query, document) = (JsonPathQuery.Parse(selector), prescribed.GetProperty("document"));
        var nodes = query.SelectWithPaths(document);
        AssertOneOf(prescribed, "result", nodes.Select(n => n.Value));
        AssertOneOf(prescribed, "result_paths", nodes.Select(n => JsonSerializer.SerializeToElement(n.Path)));
        Assert.Equal(nodes.Select(n => n.Value.GetRawText()), query.Select(document).Select(v => v.GetRawText()));
        Assert.Equal(nodes.Count > 0, query.TrySelectSingle(document, out var first));
        Assert.Equal(nodes.Count > 0 ? nodes[0].Value.GetRawText() : "", first.ValueKind == JsonValueKind.Undefined ? "" : first.GetRawText());
    }

    // A case has either the one answer or, where the order of members is free, all that are allowed.
    private static void AssertOneOf(JsonElement prescribed, string name, IEnumerable<JsonElement> actual)
    {
        var allowed =
            prescribed.TryGetProperty(name, out var only) ? [only]
            : prescribed.TryGetProperty(name.Replace("result", "results"), out var several) ? several.EnumerateArray().ToArray()
            : [];
        var answer = JsonSerializer.SerializeToElement(actual);
        Assert.True(allowed.Length > 0, $"the case says nothing of {name}");
        Assert.Contains(allowed, a => JsonElement.DeepEquals(a, answer));
    }
}
