using System.Text.Json;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

public sealed class WorkflowSchemaTests
{
    private static readonly WorkflowSchema Schema = WorkflowSchema.Create(new TestCatalog());
    private static readonly string Data = Path.Combine(Documents.Folder(), "TestData");

    // What a JSON Schema cannot say: what refers to other steps, languages, and what only warns.
    private static readonly HashSet<string> BeyondSchema =
    [
        ErrorCodes.StepIdDuplicate,
        ErrorCodes.AfterUnknownStep,
        ErrorCodes.AfterUnknownPort,
        ErrorCodes.AfterItself,
        ErrorCodes.AfterDuplicate,
        ErrorCodes.Cycle,
        ErrorCodes.ReadsUnknownStep,
        ErrorCodes.ReadsUnknownRoot,
        ErrorCodes.ReadsExcludedStep,
        ErrorCodes.UrlHostOpen,
        ErrorCodes.ReadsLaterStep,
        ErrorCodes.TemplateInvalid,
        ErrorCodes.PortDuplicate,
        ErrorCodes.RegexInvalid,
        ErrorCodes.ConditionInvalid,
        ErrorCodes.TooMany,
        ErrorCodes.NameInvalid,
        ErrorCodes.TextInvalid,
        ErrorCodes.BodySchemaInvalid,
        ErrorCodes.FunctionUnknown,
        ErrorCodes.ForeignSyntax,
    ];

    public static TheoryData<string> Cases() => WorkflowReaderTests.Cases();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Document_OfTestData_IsJudgedLikeTheReader(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Data, name, "workflow.json"));
        var errors = WorkflowReader.Read(bytes, new TestCatalog()).Errors.Where(error => error.Severity == ErrorSeverity.Error).ToArray();
        var valid = new SchemaCheck(Schema.Document).IsValid(JsonElement.Parse(bytes));

        if (errors.Length == 0)
        {
            Assert.True(valid);
        }
        else if (errors.Any(error => !BeyondSchema.Contains(error.Code)) && !name.StartsWith("fallback", StringComparison.Ordinal))
        {
            Assert.False(valid);
        }
    }

    [Fact]
    public void Document_References_AllResolve()
    {
        var check = new SchemaCheck(Schema.Document);
        var references = References(Schema.Document).ToArray();

        Assert.True(references.Length > 20);
        Assert.All(references, reference => Assert.Equal(JsonValueKind.Object, check.Resolve(reference).ValueKind));
    }

    [Fact]
    public void Document_Catalog_IsInIt()
    {
        var types = Schema
            .Document.GetProperty("$defs")
            .GetProperty("step")
            .GetProperty("properties")
            .GetProperty("type")
            .GetProperty("enum")
            .EnumerateArray()
            .Select(type => type.GetString());

        Assert.Equal(FlowSteps.All.Select(step => step.Type).Concat(new TestCatalog().Types).Order(), types.Order());
        Assert.Equal(Schema.Document.ToString().Length, JsonElement.Parse(Schema.Utf8.Span).ToString().Length);
        Assert.True(Schema.Document.GetProperty("$defs").GetProperty("with.http.request").GetProperty("properties").TryGetProperty("url", out _));
    }

    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };
}
