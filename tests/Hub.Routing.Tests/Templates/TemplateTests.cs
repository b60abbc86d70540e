using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Routing.Templates;

namespace Hub.Routing.Tests.Templates;

public sealed class TemplateTests
{
    private static readonly JsonElement Model = JsonElement.Parse(
        """
        {
          "trigger": { "body": { "title": "Disk full", "n": 9007199254740993, "price": 12.50, "big": 123456789012345678901234567890123, "tiny": 1e-400,
            "list": [1, { "a": "b" }], "ok": true, "none": null, "string": "s" }, "headers": {} },
          "steps": { "my-step": { "output": { "id": 7 } }, "fetch": { "output": { "title": "t" } } },
          "string": "payload", "array": [1]
        }
        """
    );

    [Theory]
    [InlineData("{{ trigger.body }}", true)]
    [InlineData("{{ trigger.body | object.to_json }}", true)]
    [InlineData("{{- trigger -}}", true)]
    [InlineData("{{ \"}}\" }}", true)]
    [InlineData(" {{ trigger }}", false)]
    [InlineData("{{ trigger }}{{ steps }}", false)]
    [InlineData("{{ x = 1 }}", false)]
    [InlineData("{{ x = 1; x }}", false)]
    [InlineData("{{ if true }}1{{ end }}", false)]
    [InlineData("text", false)]
    [InlineData("", false)]
    public void IsSingleExpression_OfText_TellsOneHole(string text, bool expected) => Assert.Equal(expected, Template.Parse(text).IsSingleExpression);

    [Theory]
    [InlineData("{{ trigger.body.title }}", "\"Disk full\"")]
    [InlineData("{{ trigger.body.n }}", "9007199254740993")]
    [InlineData("{{ trigger.body.n + 1 }}", "9007199254740994")]
    [InlineData("{{ trigger.body.price }}", "12.50")]
    [InlineData("{{ trigger.body.price * 3 }}", "37.50")]
    [InlineData("{{ trigger.body.big }}", "123456789012345678901234567890123")]
    [InlineData("{{ trigger.body.list }}", """[1,{"a":"b"}]""")]
    [InlineData("{{ trigger.body.ok }}", "true")]
    [InlineData("{{ trigger.body.none }}", "null")]
    [InlineData("{{ trigger.body.missing }}", "null")]
    [InlineData("{{ {a: 1} }}", """{"a":1}""")]
    [InlineData("{{ [1, 'a', trigger.body.ok, 1.5] }}", """[1,"a",true,1.5]""")]
    [InlineData("{{ 1..3 }}", "[1,2,3]")]
    [InlineData("{{ date.parse '2016-01-05T10:00:00+02:00' }}", "\"2016-01-05T08:00:00Z\"")]
    [InlineData("{{ path '$.trigger.body.title' }}", "\"Disk full\"")]
    [InlineData("{{ path '$.steps.missing' }}", "null")]
    public void Evaluate_OneExpression_KeepsTheJsonType(string text, string expected)
    {
        var template = Template.Parse(text);

        Assert.Equal(expected, template.Evaluate(Model)?.ToJsonString() ?? "null");
        Assert.Equal(expected, JsonNode.Parse(Written(w => template.EvaluateTo(w, Model, TemplateOptions.Default)))?.ToJsonString() ?? "null");
    }

    [Fact]
    public void EvaluateTo_ValueOfTheModel_WritesItAsItStands()
    {
        const string Json = """{ "a":  [ 1.50, "\u00e9<" ] }""";
        using var model = JsonDocument.Parse($$"""{ "b": {{Json}} }""");

        Assert.Equal(Json, Written(w => Template.Parse("{{ b }}").EvaluateTo(w, model.RootElement, TemplateOptions.Default)));
    }

    [Fact]
    public void Evaluate_SeveralParts_IsRefused() => Assert.Throws<InvalidOperationException>(() => Template.Parse("a {{ 1 }}").Evaluate(Model));

    [Fact]
    public void RenderTo_Writer_WritesTheTextAsString() =>
        Assert.Equal(
            "\"Alert: DISK FULL\"",
            Written(w => Template.Parse("Alert: {{ trigger.body.title | string.upcase }}").RenderTo(w, Model, TemplateOptions.Default))
        );

    [Fact]
    public void BuiltIn_NamedLikeModelMember_Wins() =>
        Assert.Equal(
            "A payload [1] 1",
            Template.Parse("{{ 'a' | string.upcase }} {{ this.string }} {{ this['array'] }} {{ array.size this.array }}").Render(Model)
        );

    [Fact]
    public void Assignment_IntoModel_ChangesOnlyThisRendering()
    {
        var template = Template.Parse(
            "{{ trigger.body.title = 'x'; trigger.body.list[0] = 2; y = trigger.body; y.added = 1; trigger.body.title }} {{ trigger.body.list[0] }} {{ "
                + "trigger.body.added }} {{ trigger.body.price }}"
        );
        Assert.Equal("x 2 1 12.50", template.Render(Model));
        Assert.Equal("x 2 1 12.50", template.Render(Model));
        Assert.Equal("Disk full", Template.Parse("{{ trigger.body.title }}").Render(Model));
    }

    [Theory]
    [InlineData("{{ steps.fetch.output.title | string.upcase }}", "steps.fetch.output.title@1:4")]
    [InlineData("a\n  {{ steps[\"my-step\"].output.id }}", "steps.my-step.output.id@2:6")]
    [InlineData("{{ x = trigger.body; x.title }}", "trigger.body@1:8")]
    [InlineData("{{ for i in trigger.items }}{{ i.name }}{{ vars.a }}{{ end }}", "trigger.items@1:13 vars.a@1:44")]
    [InlineData("{{ func f(a, b); ret a.x + b + c.y; end; f trigger.x 1 }}", "c.y@1:32 trigger.x@1:44")]
    [InlineData("{{ string.upcase vars.a }}{{ date.now }}{{ $local }}{{ this.x }}", "vars.a@1:18")]
    [InlineData("{{ a[b.c].d }} {{ e.f[g] }}", "a@1:4 b.c@1:6 e.f@1:19 g@1:23")]
    [InlineData("{{ x = {k: v.w, l: k}; $\"{q.r}\" }}", "v.w@1:12 q.r@1:27")]
    [InlineData("{{ a.b?.c ?? d.e }}{{ (f.g).h }}{{ i.j() }}", "a.b.c@1:4 d.e@1:14 f.g@1:24 i@1:36")]
    [InlineData("{{ capture c }}{{ m.n }}{{ end }}{{ c }}{{ case o.p }}{{ when q }}{{ r }}{{ end }}", "m.n@1:19 o.p@1:49 q@1:63 r@1:70")]
    public void References_OfTemplate_AreTheModelsMembersRead(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Template.Parse(text).References.Select(r => $"{string.Join('.', r.Path)}@{r.Line}:{r.Column}")));

    [Theory]
    [InlineData("""{"a":"x\ud800y"}""", "{{ a }}", "x\uFFFDy")]
    [InlineData("""{"a":"x\ud83d\ude00y\udc00"}""", "{{ a | string.upcase }}", "X\ud83d\ude00Y\uFFFD")]
    [InlineData("""{"\ud800k":1,"a":2}""", "{{ a }} {{ this | object.keys | array.size }} {{ missing }}", "2 2 ")]
    [InlineData("""{"o":{"\ud800k":"\udc00"}}""", "{{ o }}", "{\"\uFFFDk\": \"\uFFFD\"}")]
    [InlineData("""{"o":{"\ud800k":"\udc00"}}""", "{{ o | json.stringify }}", "{\"\uFFFDk\":\"\uFFFD\"}")]
    [InlineData("""{"a":1,"a":2}""", "{{ a }} {{ this | object.size }}", "2 1")]
    public void Model_WithIllFormedText_IsReadWithReplacement(string model, string template, string expected)
    {
        Assert.Equal(expected, Template.Parse(template).Render(JsonElement.Parse(model)));
    }

    [Theory]
    [InlineData("{{ o }}")]
    [InlineData("{{ o.list }}")]
    [InlineData("{{ o.list[0] }}")]
    public void Model_WithIllFormedText_EvaluatesToReadableJson(string text)
    {
        var model = JsonElement.Parse("""{"o":{"list":["\ud800",{"\ud800":"\ud800"}]}}""");
        Assert.Contains(
            "\uFFFD",
            Template
                .Parse(text)
                .Evaluate(model)!
                .ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
            StringComparison.Ordinal
        );
        Assert.NotEmpty(Written(w => Template.Parse(text).EvaluateTo(w, model, TemplateOptions.Default)));
    }

    [Fact]
    public void Model_InvalidUtf8_IsReadWithReplacement()
    {
        byte[] bytes = [.. "{\"a\":\"x"u8, 0xFF, .. "\"}"u8];
        try
        {
            using var document = JsonDocument.Parse(bytes);
            Assert.Equal("x\uFFFD", Template.Parse("{{ a }}").Render(document.RootElement));
        }
        catch (JsonException)
        {
            // A parser that refuses the bytes leaves nothing to render.
        }
    }

    [Fact]
    public void Clock_Given_IsWhatDatesRead()
    {
        var options = new TemplateOptions { Clock = new FixedClock(new DateTimeOffset(2024, 2, 29, 23, 30, 0, TimeSpan.FromHours(5.5))) };
        var text = Template
            .Parse(
                "{{ date.now | date.to_string '%F %T %Z' }} {{ date.utc_now | date.to_string '%F %T %Z' }} {{ date.now }} {{ date.parse "
                    + "'2024-01-01T00:00:00Z' | date.to_string '%F %R' }} {{ date.format = '%Y'; date.now }}"
            )
            .Render(Model, options);
        Assert.Equal("2024-02-29 18:00:00 +00:00 2024-02-29 18:00:00 +00:00 29 Feb 2024 2024-01-01 00:00 2024", text);
        Assert.Equal("29 Feb 2024", Template.Parse("{{ date.now }}").Render(Model, options));
    }

    [Fact]
    public void Template_RenderedByManyThreads_GivesTheSame()
    {
        var template = Template.Parse("{{ for i in 1..50 }}{{ trigger.body.title | string.upcase }}{{ array.cycle ['a', 'b'] }}{{ end }}");
        var expected = template.Render(Model);
        Parallel.For(0, 64, _ => Assert.Equal(expected, template.Render(Model)));
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
