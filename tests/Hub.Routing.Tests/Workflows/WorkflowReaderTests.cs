using System.Text.Json;
using Hub.Routing.Graph;
using Hub.Routing.Templates;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

public sealed class WorkflowReaderTests
{
    private static readonly string Data = Path.Combine(Documents.Folder(), "TestData");

    public static TheoryData<string> Cases() => [.. Directory.GetDirectories(Data).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_DocumentOfTestData_FindsExactlyItsErrors(string name)
    {
        Assert.SkipWhen(name == "template-invalid" && Template.TryParse("{{ 1 + }}", out _, out _), "the template language in place accepts every text");
        var check = WorkflowReader.Read(File.ReadAllBytes(Path.Combine(Data, name, "workflow.json")), new TestCatalog());
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, name, "errors.json")));

        Assert.Equal(
            expected
                .RootElement.EnumerateArray()
                .Select(each => $"{each.GetProperty("severity")} {each.GetProperty("code")} {each.GetProperty("pointer")}")
                .Order(StringComparer.Ordinal),
            check
                .Errors.Select(error => $"{(error.Severity == ErrorSeverity.Error ? "error" : "warning")} {error.Code} {error.Pointer}")
                .Order(StringComparer.Ordinal)
        );
        Assert.All(check.Errors, error => Assert.True(error.Place.Length > 0 && error.Message.Length > 10 && error.Remedy.Length > 5, error.ToString()));
        Assert.Equal(check.Errors.Any(error => error.Severity == ErrorSeverity.Error), check.Definition is null);
        if (check.Definition is not null)
        {
            Assert.Equal(check.Definition.Steps.Count, WorkflowPlan.Compile(check.Definition).Steps.Count);
        }
    }

    [Fact]
    public void Read_EveryErrorCode_IsCoveredByTestDataOrHostileDocuments()
    {
        var elsewhere = new[]
        {
            ErrorCodes.JsonMalformed,
            ErrorCodes.DocumentTooLarge,
            ErrorCodes.DocumentTooDeep,
            ErrorCodes.DuplicateKey,
            ErrorCodes.TooManyErrors,
        };
        var covered = Cases()
            .SelectMany(name => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, name.Data, "errors.json"))).RootElement.EnumerateArray())
            .Select(each => each.GetProperty("code").GetString()!)
            .ToHashSet();
        var all = typeof(ErrorCodes).GetFields().Select(field => (string)field.GetValue(null)!);

        Assert.Empty(all.Except(covered).Except(elsewhere));
    }

    [Fact]
    public void Read_Errors_NameThePlaceAndTheRemedy()
    {
        var check = Documents.Read("""[ { "id": "a", "type": "http.reqest", "with": { "a b": [ { "$path": "x" } ] } } ]""");

        var type = check.Errors[0];
        Assert.Equal("/steps/0/type", type.Pointer);
        Assert.Equal("steps[0].type", type.Place);
        Assert.Equal("Did you mean 'http.request'?", type.Remedy);
        Assert.Equal("""steps[0].with["a b"][0].$path""", check.Errors[1].Place);
        Assert.Equal("/steps/0/with/a b/0/$path", check.Errors[1].Pointer);
    }

    [Theory]
    [InlineData("step-type-unavailable", "Its flow steps are if, switch, set, delay, log, stop, respond.")]
    [InlineData("after-unknown-step", "Did you mean 'first'?")]
    [InlineData("after-unknown-port", "Did you mean 'true'?")]
    [InlineData("condition-operator-unknown", "Did you mean 'equals'?")]
    [InlineData("never-runs-exclusive-ports", "Add \"join\": \"any\" to run it after whichever comes, or leave one of the edges out.")]
    [InlineData("reads-unknown-step", "Did you mean 'first'?")]
    [InlineData("reads-hyphenated-step", "If 'send-mail' is meant, write steps[\"send-mail\"].")]
    [InlineData("unknown-property", "Did you mean 'steps'?")]
    public void Read_Misspelling_SuggestsWhatWasMeant(string name, string remedy) =>
        Assert.Equal(remedy, WorkflowReader.Read(File.ReadAllBytes(Path.Combine(Data, name, "workflow.json")), new TestCatalog()).Errors[0].Remedy);

    [Fact]
    public void Read_Cycle_NamesItsPath()
    {
        var check = Documents.Read(
            """
            [ { "id": "a", "type": "set", "after": [ "c" ] }, { "id": "b", "type": "set", "after": [ "a" ] }, { "id": "c", "type": "set", "after": [ "b" ] } ]
            """
        );

        Assert.Contains("a -> b -> c -> a", Assert.Single(check.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RetryOfStep_InheritsMissingFieldsFromTheWorkflow()
    {
        var check = Documents.Read(
            """
            [ { "id": "a", "type": "http.request", "with": { "url": "x" }, "retry": { "attempts": 7 } },
              { "id": "b", "type": "http.request", "with": { "url": "x" }, "retry": { "first": "1h" } },
              { "id": "c", "type": "http.request", "with": { "url": "x" } } ]
            """,
            """, "errorPolicy": { "retry": { "backoff": "linear", "first": "2s" } }"""
        );
        var plan = WorkflowPlan.Compile(check.Definition!);

        Assert.Equal(
            new RetryPolicy
            {
                Attempts = 7,
                Backoff = BackoffKind.Linear,
                First = TimeSpan.FromSeconds(2),
            },
            plan.Steps[0].Retry
        );
        Assert.Equal(
            new RetryPolicy
            {
                Backoff = BackoffKind.Linear,
                First = TimeSpan.FromHours(1),
                Max = TimeSpan.FromHours(1),
            },
            plan.Steps[1].Retry
        );
        Assert.Equal(new RetryPolicy { Backoff = BackoffKind.Linear, First = TimeSpan.FromSeconds(2) }, plan.Steps[2].Retry);
    }

    [Fact]
    public void Read_ByteOrderMark_IsPassedOver() =>
        Assert.NotNull(
            WorkflowReader
                .Read(
                    new byte[] { 0xEF, 0xBB, 0xBF }
                        .Concat(Documents.Bytes("""[ { "id": "a", "type": "set" } ]"""))
                        .ToArray(),
                    new TestCatalog()
                )
                .Definition
        );

    [Fact]
    public void Read_Definition_OutlivesTheBytes()
    {
        var bytes = Documents.Bytes("""[ { "id": "a", "type": "set", "with": { "x": "kept" } } ]""", """, "vars": { "v": [ 1 ] }""");
        var definition = WorkflowReader.Read(bytes, new TestCatalog()).Definition!;
        Array.Clear(bytes);

        Assert.Equal("kept", definition.Steps[0].With.GetProperty("x").GetString());
        Assert.Equal("[ 1 ]", definition.Vars.GetProperty("v").GetRawText());
        Assert.Equal(JsonValueKind.Undefined, Documents.Read("""[ { "id": "a", "type": "set" } ]""").Definition!.Vars.ValueKind);
    }
}
