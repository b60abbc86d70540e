using System.Runtime.CompilerServices;
using System.Text.Json;
using Hub.Routing.JsonPath;

namespace Hub.Routing.Tests.JsonPath;

/// <summary>Own cases beside the official suite, kept in TestData/edge-cases.json.</summary>
public sealed class EdgeCaseTests
{
    private static readonly JsonElement s_data = JsonElement.Parse(File.ReadAllBytes(Path.Combine(Folder(), "TestData", "edge-cases.json")));

    public static TheoryData<int, string> Cases() => Rows("cases");

    public static TheoryData<int, string> Refused() => Rows("refused");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Query_OnADocument_SelectsInOrder(int index, string selector)
    {
        var expected = s_data.GetProperty("cases")[index];
        var nodes = JsonPathQuery.Parse(selector).SelectWithPaths(JsonElement.Parse(expected.GetProperty("json").GetString()!));
        if (expected.TryGetProperty("paths", out var paths))
        {
            Assert.Equal(paths.EnumerateArray().Select(p => p.GetString()), nodes.Select(n => n.Path));
        }
        else
        {
            Assert.True(JsonElement.DeepEquals(expected.GetProperty("values"), JsonSerializer.SerializeToElement(nodes.Select(n => n.Value))));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Query_WithAError_IsRefusedAtThePlace(int index, string selector)
    {
        var expected = s_data.GetProperty("refused")[index];
        var error = Assert.Throws<JsonPathException>(() => JsonPathQuery.Parse(selector));
        Assert.Equal(expected.GetProperty("position").GetInt32(), error.Position);
        Assert.Contains(error.Expected, error.Message, StringComparison.Ordinal);
        if (expected.TryGetProperty("hint", out var hint))
        {
            Assert.Contains(hint.GetString() ?? "", error.Hint ?? "", StringComparison.Ordinal);
        }
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static TheoryData<int, string> Rows(string list) =>
        [.. s_data.GetProperty(list).EnumerateArray().Select((c, i) => (i, c.GetProperty("selector").GetString()!))];
}
