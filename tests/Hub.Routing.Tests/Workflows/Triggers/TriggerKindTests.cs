using System.Text;
using Hub.Routing.Workflows;
using Hub.Routing.Workflows.Triggers;

namespace Hub.Routing.Tests.Workflows.Triggers;

public sealed class TriggerKindTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Documents.Folder(), "..", "..", "..", "..", "docs", "workflow-format.md"));

    public static TheoryData<string> Types => [.. TriggerKinds.All.Select(kind => kind.Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Kind_ByItsType_IsReadAndInTheSchemaAndOnThePage(string type)
    {
        var kind = TriggerKinds.All.Single(one => one.Type == type);
        var document = $$"""
            {
              "schema": "flowpilot/v1", "name": "One", "trigger": {{kind.Example.Replace("...", "\"orders\"", StringComparison.Ordinal)}},
              "steps": [ { "id": "a", "type": "set" } ]
            }
            """;
        var read = WorkflowReader.Read(Encoding.UTF8.GetBytes(document), new TestCatalog());
        Assert.Empty(read.Errors);
        Assert.Equal(type, read.Definition!.Trigger.Type);
        Assert.Equal(type, (string?)kind.Schema()["properties"]!["type"]!["const"]);
        Assert.Contains($"\"type\": \"{type}\"", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Trigger_OfNoKind_IsToldAllThatThereAre()
    {
        var read = WorkflowReader.Read(
            """{ "schema": "flowpilot/v1", "name": "One", "trigger": {}, "steps": [ { "id": "a", "type": "set" } ] }"""u8.ToArray(),
            new TestCatalog()
        );
        Assert.Equal("Add \"type\": \"webhook\" or \"manual\".", Assert.Single(read.Errors).Remedy);
    }
}
