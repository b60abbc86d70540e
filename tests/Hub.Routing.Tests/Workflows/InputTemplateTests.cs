using System.Text;
using System.Text.Json;
using Hub.Routing.Templates;
using Hub.Routing.Workflows;
using Hub.Routing.Writing;

namespace Hub.Routing.Tests.Workflows;

public sealed class InputTemplateTests
{
    [Theory]
    [InlineData("""{ "a": [ 1, null, "x" ], "b": { } }""", """{"a":[1,null,"x"],"b":{}}""")]
    [InlineData("""{ "a": "{{ n }}" }""", """{"a":1.50}""")]
    [InlineData("""{ "a": "{{ list }}" }""", """{"a":[1,2]}""")]
    [InlineData("""{ "a": "n={{ n }}" }""", """{"a":"n=1.50"}""")]
    [InlineData("""{ "a": "{{ none }}" }""", """{"a":null}""")]
    [InlineData("""{ "a": { "$path": "$.n" } }""", """{"a":1.50}""")]
    [InlineData("""{ "a": [ { "$path": "$.none" } ] }""", """{"a":[null]}""")]
    [InlineData("""{ "a": { "$path": "$.n", "b": 1 } }""", """{"a":{"$path":"$.n","b":1}}""")]
    [InlineData("""{ "$path": "$.object" }""", """{"k":"v"}""")]
    [InlineData("""{ "{{ n }}": 1 }""", """{"{{ n }}":1}""")]
    [InlineData("\"{{ n }}\"", "1.50")]
    public void Write_Inputs_AreCopiedRenderedAndQueried(string with, string expected) =>
        Assert.Equal(expected, Render(with, """{ "n": 1.50, "list": [1,2], "object": {"k":"v"} }"""));

    [Fact]
    public void Write_NonSingularPath_GivesAnArray()
    {
        Assert.SkipWhen(Routing.JsonPath.JsonPathQuery.Parse("$.x[*]").IsSingular, "the path language in place has no wildcards");
        Assert.Equal("""{"a":[1,2],"b":[]}""", Render("""{ "a": { "$path": "$.x[*]" }, "b": { "$path": "$.y[*]" } }""", """{ "x": [ 1, 2 ] }"""));
    }

    [Theory]
    [InlineData("""{ "a": [ 1, "x" ] }""", true)]
    [InlineData("""{ "a": [ "{{ n }}" ] }""", false)]
    [InlineData("""{ "a": { "$path": "$.n" } }""", false)]
    public void Compile_Inputs_KnowWhetherTheyVary(string with, bool constant) =>
        Assert.Equal(constant, InputTemplate.Compile(JsonElement.Parse(with)).IsConstant);

    [Fact]
    public void Compile_BadPath_NamesThePlace() =>
        Assert.Equal(
            "/a/1/$path",
            Assert.Throws<InputTemplateException>(() => InputTemplate.Compile(JsonElement.Parse("""{ "a": [ 1, { "$path": "x" } ] }"""))).Pointer
        );

    [Fact]
    public void Write_FailingTemplate_NamesThePlace()
    {
        Assert.SkipWhen(Template.TryParse("{{ 1 + }}", out _, out _), "the template language in place cannot fail");
        var template = InputTemplate.Compile(JsonElement.Parse("""{ "a": [ "{{ 1 / 0 }}" ] }"""));
        using var writer = new Utf8JsonWriter(new MemoryStream());

        Assert.Equal("/a/0", Assert.Throws<InputTemplateException>(() => template.Write(JsonElement.Parse("{}"), writer)).Pointer);
    }

    [Fact]
    public void Write_HalfSurrogatesInData_ArePassedOnUnchanged() =>
        Assert.Equal("""{"a":{"k":"\ud800"}}""", Render("""{ "a": { "$path": "$.x" } }""", """{ "x": {"k":"\ud800"} }"""));

    /// <summary>Each match of the path holds all that lie in it, so that the body is multiplied by its depth.</summary>
    [Theory]
    [InlineData("""{ "a": { "$path": "$.body..email" } }""", "/a/$path")]
    [InlineData("""{ "a": { "$path": "$.body" }, "b": [ 1, { "$path": "$.body" } ] }""", "/b/1/$path")]
    [InlineData("""{ "a": "{{ body }}", "b": "{{ body }}" }""", "/b")]
    [InlineData("""{ "a": "{{ path '$.body..email' }}" }""", "/a")]
    [InlineData("""{ "a": "x{{ text }}", "b": "x{{ text }}" }""", "/b")]
    [InlineData("""{ "a": "{{ text }}", "b": "{{ text }}" }""", "/b")]
    [InlineData("""{ "a": "{{ for i in 1..99; text; end }}" }""", "/a")]
    [InlineData("""{ "a": "{{ text }}{{ controls }}" }""", "/a")]
    public void Write_MoreThanAllowed_StopsWhileWritingAndNamesThePlace(string with, string pointer)
    {
        const int Limit = 100_000;
        var nested = string.Concat(Enumerable.Repeat("{\"email\":", 100));
        var context = $$"""
            { "body": {{nested}}"{{new string('x', 60_000)}}"{{new string('}', 100)}}, "text": "{{new string('x', 60_000)}}", "controls": "{{string.Concat(
                Enumerable.Repeat("\\u0001", 30_000)
            )}}" }
            """;
        var buffer = new JsonBuffer();
        buffer.Reset(Limit);
        var writer = new Utf8JsonWriter(buffer);
        var template = InputTemplate.Compile(JsonElement.Parse(with));
        var model = JsonElement.Parse(context, new JsonDocumentOptions { MaxDepth = 200 });

        var error = Assert.Throws<InputTemplateException>(() => template.Write(model, writer, TemplateOptions.Default with { MaxBytes = Limit }));
        Assert.Equal(pointer, error.Pointer);
        Assert.True(error.IsTooLarge);
        Assert.InRange(buffer.Capacity, 0, 2 * Limit + (1 << 20));
    }

    [Fact]
    public void Compile_DeepInputs_AreRefused() =>
        Assert.Throws<InputTemplateException>(() =>
            InputTemplate.Compile(JsonElement.Parse(new string('[', 500) + new string(']', 500), new JsonDocumentOptions { MaxDepth = 1000 }))
        );

    private static string Render(string with, string data)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            InputTemplate.Compile(JsonElement.Parse(with)).Write(JsonElement.Parse(data), writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
