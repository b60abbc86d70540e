using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Tests.Templates;

public sealed class TemplatePlaceTests
{
    private static readonly JsonElement Model = JsonElement.Parse(
        """
        { "name": "O\"Hara\n\\ <b>é", "n": 1.50, "list": [1, "a", null], "o": { "k": "v" }, "none": null, "yes": true,
          "place": "a/b c?d#é", "up": "..", "dot": ".", "crlf": "a\r\nX-Evil: 1", "text": "{\"a\":1}" }
        """
    );

    [Theory]
    [InlineData("""{"a": "{{ name }}", "b": {{ name }}}""", """{"a": "O\u0022Hara\n\\ <b>é", "b": "O\u0022Hara\n\\ <b>é"}""")]
    [InlineData(
        """{"a": {{ n }}, "b": {{ list }}, "c": {{ o }}, "d": {{ none }}, "e": {{ yes }}, "f": {{ missing }}}""",
        """{"a": 1.50, "b": [1,"a",null], "c": {"k":"v"}, "d": null, "e": true, "f": null}"""
    )]
    [InlineData("""{"a": "x{{ none }}y {{ list }} {{ n }}"}""", """{"a": "xy [1, \u0022a\u0022, null] 1.50"}""")]
    [InlineData("""{"quote \" {{ name }}": [{{ 'x' }}, "{{ 'y' }}"]}""", """{"quote \" O\u0022Hara\n\\ <b>é": ["x", "y"]}""")]
    [InlineData(
        """{"a": {{ o | json.stringify }}, "b": "{{ o | json.stringify }}", "c": {{ text | raw }}}""",
        """{"a": {"k":"v"}, "b": "{\u0022k\u0022:\u0022v\u0022}", "c": {"a":1}}"""
    )]
    [InlineData(
        """[{{ for i in 1..3 }}{{ if !for.first }}, {{ end }}{"i": {{ i }}, "t": "{{ i }}"}{{ end }}]""",
        """[{"i": 1, "t": "1"}, {"i": 2, "t": "2"}, {"i": 3, "t": "3"}]"""
    )]
    [InlineData("""{"a": {{ capture x }}<{{ name }}>{{ end }}{{ x }}}""", """{"a": "<O\u0022Hara\n\\ <b>é>"}""")]
    public void Json_ValuesInserted_StayValidJson(string template, string expected)
    {
        var text = Render(template, TemplatePlace.Json);
        Assert.Equal(Canonical(expected), Canonical(text));
    }

    [Theory]
    [InlineData("/users/{{ place }}/x", "/users/a%2Fb%20c%3Fd%23%C3%A9/x")]
    [InlineData("/users/{{ place | url.raw }}", "/users/a/b c?d#é")]
    [InlineData("/{{ n }}/{{ none }}/{{ dot }}x", "/1.50//.x")]
    public void UrlPath_ValuesInserted_ArePercentEncoded(string template, string expected) => Assert.Equal(expected, Render(template, TemplatePlace.UrlPath));

    [Theory]
    [InlineData("/a/{{ up }}/b")]
    [InlineData("/a/{{ dot }}{{ dot }}/b")]
    [InlineData("/a/.{{ dot }}")]
    [InlineData("{{ dot }}")]
    public void UrlPath_DotSegmentFromValue_IsRefused(string template) => Assert.Throws<TemplateException>(() => Render(template, TemplatePlace.UrlPath));

    [Fact]
    public void UrlQuery_ValuesInserted_ArePercentEncoded() =>
        Assert.Equal("?q=a%2Fb%20c%3Fd%23%C3%A9&x=1&y=..&raw=a/b", Render("?q={{ place }}&x={{ 1 }}&y={{ up }}&raw={{ 'a/b' | raw }}", TemplatePlace.UrlQuery));

    [Theory]
    [InlineData("X: {{ crlf }}")]
    [InlineData("X: {{ crlf | raw }}")]
    [InlineData("X: {{ \"a\\0b\" }}")]
    public void Header_ValueWithLineEnd_IsRefused(string template) => Assert.Throws<TemplateException>(() => Render(template, TemplatePlace.Header));

    [Fact]
    public void Header_OrdinaryValue_IsUnchanged() => Assert.Equal("Bearer a/b c?d#é", Render("Bearer {{ place }}", TemplatePlace.Header));

    private static string Render(string template, TemplatePlace place) => Template.Parse(template).Render(Model, new TemplateOptions { Place = place });

    private static string Canonical(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));
}
