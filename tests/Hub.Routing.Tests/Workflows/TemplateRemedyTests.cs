using System.Text.Json;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

/// <summary>What the checker, and a rendering, say about templates that cannot be meant.</summary>
public sealed class TemplateRemedyTests
{
    [Theory]
    [InlineData("{{ trigger.body.title | string.uppercase }}", "There is no function 'string.uppercase' (line 1, column 25).", "Did you mean 'string.upcase'?")]
    [InlineData("{{ trigger.body.title | upcase }}", "There is no function 'upcase' (line 1, column 25).", "Did you mean 'string.upcase'?")]
    [InlineData("{{ trigger.body.title | string.upcasse }}", "There is no function 'string.upcasse' (line 1, column 25).", "Did you mean 'string.upcase'?")]
    [InlineData("{{ to_json trigger.body }}", "There is no function 'to_json' (line 1, column 4).", "Did you mean 'object.to_json'?")]
    [InlineData("a\n{{ arrray.first trigger.body }}", "There is no 'arrray' to read", "Did you mean 'array'?")]
    [InlineData("{{ trigger.body | zzzzzzzzzz }}", "There is no function 'zzzzzzzzzz' (line 1, column 19).", "Correct the name")]
    [InlineData("{{ $json.body.title }}", "'$json' is n8n's", "Write trigger.body.title")]
    [InlineData("{{ $now }}", "'$now' is n8n's", "Write date.now.")]
    public void Template_ThatCannotBeMeant_GetsARemedyOfItsOwn(string template, string message, string remedy)
    {
        var fault = WarningsAndErrors(template)[0];
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(remedy, fault.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ object.from_json '{' }}", "object.from_json: ", "(line 1, column 21)")]
    [InlineData("x\n {{ f = 'x'; math.divided_by 1 f }}", "", "(line 2, column ")]
    public void Rendering_ThatFails_NamesTheFunctionAndThePlace(string template, string name, string place)
    {
        using var with = JsonDocument.Parse(JsonSerializer.Serialize(new { t = template }));
        var inputs = InputTemplate.Compile(with.RootElement);
        using var writer = new Utf8JsonWriter(new MemoryStream());
        var fault = Assert.Throws<InputTemplateException>(() => inputs.Write(JsonElement.Parse("{}"), writer));
        Assert.Equal("/t", fault.Pointer);
        Assert.StartsWith(name, fault.Message, StringComparison.Ordinal);
        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_WithoutTheOwnerOfAMember_AreTold()
    {
        var document = Documents.Bytes("""[ { "id": "a", "type": "set", "with": { "x": "{{ trigger.body.absent.deeper }}" } } ]""");
        var fault = Assert.Single(WorkflowReader.Read(document, new TestCatalog(), [JsonElement.Parse("""{ "title": "x" }""")]).Faults);
        Assert.Equal((FaultCodes.ReadsUnknownMember, FaultSeverity.Warning), (fault.Code, fault.Severity));
        Assert.StartsWith("The latest delivery of the Source has no 'absent' in 'trigger.body'.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_WithoutAMember_AreCountedAndToldOnce()
    {
        var document = Documents.Bytes(
            """
            [ { "id": "a", "type": "set", "with": { "x": "{{ trigger.body.titel }}", "y": "{{ trigger.body.titel }}" } },
            { "id": "b", "type": "log", "with": { "message": "{{ trigger.body.titel }}" } } ]
            """
        );
        var samples = Enumerable.Range(0, 7).Select(_ => JsonElement.Parse("""{ "title": "x" }""")).ToList();
        var fault = Assert.Single(WorkflowReader.Read(document, new TestCatalog(), samples).Faults);
        Assert.Equal("None of the 7 latest deliveries of the Source has 'titel' in 'trigger.body'.", fault.Message);
        Assert.Equal("Did you mean 'title'?", fault.Remedy);
    }

    private static IReadOnlyList<WorkflowFault> WarningsAndErrors(string template) =>
        WorkflowReader
            .Read(Documents.Bytes($$"""[ { "id": "a", "type": "set", "with": { "x": {{JsonSerializer.Serialize(template)}} } } ]"""), new TestCatalog())
            .Faults;
}
