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
    [InlineData("{{ $('HTTP').item.json.x }}", "'$(...)' is n8n's, and fails here (line 1, column 4).", "Write steps.<id>.output.title")]
    [InlineData("{{ $(\"x\").first().json }}", "'$(...)' is n8n's, and fails here (line 1, column 4).", "Write steps.<id>.output.title")]
    [InlineData("{{ $(\"x\").all()[0].json['a b'] }}", "'$(...)' is n8n's", "Write steps.<id>.output.title")]
    [InlineData("{{ $items() }}", "'$items' is n8n's", "Write steps.<id>.output of the step before")]
    [InlineData("{{ $workflow.id }}", "'$workflow' is n8n's", "Write workflow.")]
    [InlineData("{{ $execution.id }}", "'$execution' is n8n's", "Write execution.")]
    [InlineData("{{ $jmespath(trigger.body, 'a') }}", "'$jmespath' is n8n's", "Write path '$.trigger")]
    [InlineData("{{ $if(true, 1, 2) }}", "'$if' is n8n's", "Write condition ? yes : no.")]
    [InlineData("{{ absent.deeper() }}", "There is no 'absent' to read", "Use one of")]
    [InlineData("{{ trigger.deeper() }}", "There is no function 'trigger.deeper' (line 1, column 4).", "Correct the name")]
    [InlineData("{{ trigger.body.absent.deeper 1 }}", "There is no function 'trigger.body.absent.deeper' (line 1, column 4).", "Correct the name")]
    [InlineData("{{ 1 | vars.deeper }}", "There is no function 'vars.deeper' (line 1, column 8).", "Correct the name")]
    [InlineData("{{ trigger.body.title.toUpperCase() }}", "There is no function 'trigger.body.title.toUpperCase'", "Did you mean 'string.upcase'?")]
    [InlineData("{{ trigger.body.items[0].trim() }}", "There is no function 'trigger.body.items[0].trim'", "Did you mean 'string.strip'?")]
    [InlineData("{{ trigger['body'].items.map 'sku' }}", "There is no function 'trigger[body].items.map'", "Did you mean 'array.map'?")]
    [InlineData("{{ 'a'.includes('b') }}", "There is no function ''a'.includes'", "Did you mean 'string.contains'?")]
    [InlineData("{{ date.now.toISOString() }}", "There is no function 'date.now.toISOString'", "Did you mean 'date.to_string'?")]
    [InlineData("{{ string['upcasse'] 'a' }}", "There is no function 'string.upcasse'", "Did you mean 'string.upcase'?")]
    [InlineData("{{ Math.round(1.5) }}", "There is no 'Math' to read", "Did you mean 'math'?")]
    [InlineData("a {{ object.eval 'string.upcasse(1)' }}", "There is no function 'string.upcasse' (line 1, column 18).", "Did you mean 'string.upcase'?")]
    [InlineData("{{ '{{ vars.y() }}' | object.eval_template }}", "There is no function 'vars.y' (line 1, column 4).", "Correct the name")]
    [InlineData("{{ object.eval `object.eval 'nope 1'` }}", "There is no function 'nope' (line 1, column 16).", "Correct the name")]
    [InlineData("{{ object.eval '$json.x' }}", "'$json' is n8n's", "Write trigger.body.title")]
    [InlineData("{{ object.eval 'trigerr.body' }}", "There is no 'trigerr' to read", "Did you mean 'trigger'?")]
    [InlineData("{{ object.eval '1 +' }}", "The text in line 1, column 16 is run as a template, and is none: ", "Correct the text")]
    [InlineData("{{ object.eval `regex.match 'a' '('` }}", "The regular expression in line 1, column 16 is not usable", "Correct it")]
    public void Template_ThatCannotBeMeant_GetsARemedyOfItsOwn(string template, string message, string remedy)
    {
        var error = WarningsAndErrors(template)[0];
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ o = { up: @string.upcase }; o.up 'a' }}")]
    [InlineData("{{ func f(o); ret o.up('a'); end; f { up: @string.upcase } }}")]
    [InlineData("{{ func f; ret $0 + $.size + $[0]; end; f 1 }}")]
    [InlineData("{{ with { up: @string.upcase } }}{{ up 'a' }}{{ end }}")]
    [InlineData("{{ object.eval 'f(x) = x * 2'; f 2 }}")]
    [InlineData("{{ x = 'nope()'; object.eval x }}")]
    [InlineData("{{ object.eval_template '{{ 1 | string.upcase }}' }}")]
    [InlineData("{{ string['upcase'] 'a' }}{{ date.now.year }}{{ for x in [1] }}{{ for.index }}{{ end }}")]
    public void Template_ThatMayBeMeant_IsLeftAlone(string template) => Assert.Empty(WarningsAndErrors(template));

    [Theory]
    [InlineData("{{ object.from_json '{' }}", "object.from_json: ", "(line 1, column 21)")]
    [InlineData("x\n {{ f = 'x'; math.divided_by 1 f }}", "", "(line 2, column ")]
    public void Rendering_ThatFails_NamesTheFunctionAndThePlace(string template, string name, string place)
    {
        using var with = JsonDocument.Parse(JsonSerializer.Serialize(new { t = template }));
        var inputs = InputTemplate.Compile(with.RootElement);
        using var writer = new Utf8JsonWriter(new MemoryStream());
        var error = Assert.Throws<InputTemplateException>(() => inputs.Write(JsonElement.Parse("{}"), writer));
        Assert.Equal("/t", error.Pointer);
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_WithoutTheOwnerOfAMember_AreTold()
    {
        var document = Documents.Bytes("""[ { "id": "a", "type": "set", "with": { "x": "{{ trigger.body.absent.deeper }}" } } ]""");
        var error = Assert.Single(WorkflowReader.Read(document, new TestCatalog(), [JsonElement.Parse("""{ "title": "x" }""")]).Errors);
        Assert.Equal((ErrorCodes.ReadsUnknownMember, ErrorSeverity.Warning), (error.Code, error.Severity));
        Assert.StartsWith("The latest delivery of the Source has no 'absent' in 'trigger.body'.", error.Message, StringComparison.Ordinal);
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
        var error = Assert.Single(WorkflowReader.Read(document, new TestCatalog(), samples).Errors);
        Assert.Equal("None of the 7 latest deliveries of the Source has 'titel' in 'trigger.body'.", error.Message);
        Assert.Equal("Did you mean 'title'?", error.Remedy);
    }

    private static IReadOnlyList<WorkflowError> WarningsAndErrors(string template) =>
        WorkflowReader
            .Read(Documents.Bytes($$"""[ { "id": "a", "type": "set", "with": { "x": {{JsonSerializer.Serialize(template)}} } } ]"""), new TestCatalog())
            .Errors;
}
