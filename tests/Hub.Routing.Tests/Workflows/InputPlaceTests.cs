using System.Text.Json;
using Hub.Routing.Templates;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

/// <summary>A payload cannot leave the place its values are put into: a URL, a header, a JSON text.</summary>
public sealed class InputPlaceTests
{
    private static readonly StepTypeDescription Http = new TestCatalog().Find("http.request")!;

    private static readonly string[] Hostile =
    [
        "/../../admin",
        "..",
        ".",
        "a/b",
        "a?b=c",
        "a#b",
        "a&b=c",
        "evil.com",
        ".evil.com",
        "@evil.com",
        "user:pass@evil.com",
        ":8080",
        "\\\\evil.com",
        "//evil.com",
        "%2e%2e",
        "%2F",
        "a b",
        "\"",
        "\",\"admin\":true,\"x\":\"",
        "\\",
        "\\\"",
        "}",
        "]",
        "{{ vars }}",
        "\r\nX-Evil: 1",
        "\n",
        "\0",
        "\u2028",
        "\u202E",
        "\ud83d\ude00",
        "\uFF0Fevil",
        "\u3002com",
        "e\u0301",
        "'; DROP TABLE x; --",
        "<script>",
        "",
    ];

    public static TheoryData<string> Values() => [.. Hostile];

    [Theory]
    [MemberData(nameof(Values))]
    public void Url_HostileValueInPathAndQuery_StaysThere(string value)
    {
        if (!TryWrite("""{ "url": "https://api.example.com/v1/{{ x }}/end?q={{ x }}&z=1" }""", value, out var input, out var error))
        {
            Assert.Contains("dot segment", error, StringComparison.Ordinal);
            Assert.True(value is "." or "..");
            return;
        }

        var url = new Uri(input.GetProperty("url").GetString()!);
        Assert.Equal("api.example.com", url.Host);
        Assert.Equal(443, url.Port);
        Assert.Empty(url.UserInfo);
        Assert.Empty(url.Fragment);
        Assert.Equal(["/", "v1/", Uri.EscapeDataString(value) + "/", "end"], url.Segments);
        Assert.Equal($"?q={Uri.EscapeDataString(value)}&z=1", url.Query);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Url_HostileValueInHost_KeepsTheRestOfTheHost(string value)
    {
        if (
            TryWrite("""{ "url": "https://{{ x }}.example.com:8443/v1" }""", value, out var input, out var error)
            && Uri.TryCreate(input.GetProperty("url").GetString(), UriKind.Absolute, out var url)
        )
        {
            Assert.EndsWith(".example.com", url.Host, StringComparison.Ordinal);
            Assert.Equal((8443, "/v1", ""), (url.Port, url.PathAndQuery, url.UserInfo));
        }
        else if (error.Length > 0)
        {
            Assert.Contains("host", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Url_HostileValueAsWholeHost_IsAHostAndNothingElse(string value)
    {
        if (
            TryWrite("""{ "url": "https://{{ x }}/v1" }""", value, out var input, out _)
            && Uri.TryCreate(input.GetProperty("url").GetString(), UriKind.Absolute, out var url)
        )
        {
            Assert.Equal((443, "/v1", "", ""), (url.Port, url.PathAndQuery, url.UserInfo, url.Fragment));
            Assert.Equal(value, url.Host);
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Url_HostileValueBehindABase_StaysInThePath(string value)
    {
        if (TryWrite("""{ "url": "{{ base }}/items/{{ x }}" }""", value, out var input, out _))
        {
            Assert.Equal("https://api.example.com/items/" + Uri.EscapeDataString(value), input.GetProperty("url").GetString());
        }
    }

    [Theory]
    [InlineData("{{ base }}{{ x }}")]
    [InlineData("{{ base }}{{ x }}/items")]
    [InlineData("{{- base -}} {{ x }}/items")]
    [InlineData("{{ base }}:{{ x }}/items")]
    public void Url_ValueBehindABase_CannotExtendTheHost(string url)
    {
        var written = TryWrite(JsonSerializer.Serialize(new { url }), ".evil.com", out var input, out var error);
        Assert.True(!written || !Uri.TryCreate(input.GetProperty("url").GetString(), UriKind.Absolute, out _), input.ToString());
        Assert.True(written || error.Contains("host", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://example.com{{ x }}/items")]
    [InlineData("https://api.{{ x }}")]
    [InlineData("https://{{ a }}{{ x }}/items")]
    public void Url_ValueThatWouldExtendTheHost_IsRefusedWhenRead(string url)
    {
        var check = Documents.Read(
            $$"""[ { "id": "call", "type": "http.request", "with": { "url": {{JsonSerializer.Serialize(url.Replace("{{ ", "{{ trigger.body."))}} } } ]"""
        );
        Assert.Equal((ErrorCodes.UrlHostOpen, "/steps/0/with/url"), (check.Errors[0].Code, check.Errors[0].Pointer));
    }

    [Theory]
    [InlineData("{{ base }}", "https://api.example.com")]
    [InlineData("{{ base }}/a?b={{ n }}", "https://api.example.com/a?b=7")]
    [InlineData("https://example.com:{{ n }}/a", "https://example.com:7/a")]
    [InlineData("https://{{ if n > 1 }}a{{ else }}b{{ end }}.example.com/{{ n }}", "https://a.example.com/7")]
    [InlineData("https://example.com{{ if n > 1 }}/{{ n }}{{ end }}", "https://example.com/7")]
    [InlineData("https://example.com/{{ for i in 1..3 }}{{ i }}{{ if !for.last }}/{{ end }}{{ end }}", "https://example.com/1/2/3")]
    [InlineData("https://example.com/{{ '}}' }}", "https://example.com/%7D%7D")]
    [InlineData("https://example.com/{{ 'a/b' | raw }}", "https://example.com/a/b")]
    [InlineData("{{ base + '/x' }}/{{ 'a/b' }}", "https://api.example.com/x/a%2Fb")]
    [InlineData("https://example.com/?next={{ base }}/..", "https://example.com/?next=https%3A%2F%2Fapi.example.com/..")]
    public void Url_OrdinaryTemplates_RenderAsMeant(string url, string expected)
    {
        Assert.True(TryWrite(JsonSerializer.Serialize(new { url }), "x", out var input, out var error), error);
        Assert.Equal(expected, input.GetProperty("url").GetString());
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Headers_HostileValue_IsOneLineOrRefused(string value)
    {
        foreach (var text in new[] { "{{ x }}", "a {{ x }} b" })
        {
            var written = TryWrite(
                JsonSerializer.Serialize(new { url = "https://example.com", headers = new Dictionary<string, string> { ["X-Title"] = text } }),
                value,
                out var input,
                out var error
            );
            Assert.Equal(!value.AsSpan().ContainsAny('\r', '\n', '\0'), written);
            if (written)
            {
                Assert.Equal(text.Replace("{{ x }}", value, StringComparison.Ordinal), input.GetProperty("headers").GetProperty("X-Title").GetString());
            }
            else
            {
                Assert.Contains("header", error, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Body_JsonTextWithHostileValue_IsTheSameDocumentWithThatValue(string value)
    {
        foreach (
            var body in new[]
            {
                """{ "text": "{{ x }}", "tail": [ 1 ] }""",
                """{ "text": {{ x }}, "tail": [ {{ n - 6 }} ] }""",
                """  {"text": "{{ if n > 1 }}{{ x }}{{ end }}", "tail": [{{ for i in 1..1 }}{{ i }}{{ end }}]}""",
            }
        )
        {
            Assert.True(TryWrite(JsonSerializer.Serialize(new { url = "https://example.com", body }), value, out var input, out var error), error);
            var document = JsonElement.Parse(input.GetProperty("body").GetString()!);
            Assert.Equal(["text", "tail"], document.EnumerateObject().Select(member => member.Name));
            Assert.Equal(value, document.GetProperty("text").GetString());
            Assert.Equal("[1]", document.GetProperty("tail").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("""[{{ x }}, "{{ x }}", {{ n }}, {{ none }}, {{ list }}]""", """["q\"","q\"",7,null,[1,"a"]]""")]
    [InlineData("""{ {{ x }}: true }""", """{"q\"":true}""")]
    [InlineData("""{ "a": {{ list | object.to_json }} }""", """{"a":[1,"a"]}""")]
    public void Body_JsonText_TakesValuesOfEveryType(string body, string expected)
    {
        Assert.True(TryWrite(JsonSerializer.Serialize(new { url = "https://example.com", body }), "q\"", out var input, out var error), error);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(input.GetProperty("body").GetString()!)));
    }

    [Theory]
    [InlineData("[ALERT] {{ x }}", "[ALERT] q\"")]
    [InlineData("[{{ x }}] is down", "[q\"] is down")]
    [InlineData("{{ x }}: {{ n }}", "q\": 7")]
    [InlineData("{ user { name(id: {{ n }}) } }", "{ user { name(id: 7) } }")]
    public void Body_OtherText_IsPlain(string body, string expected)
    {
        Assert.True(TryWrite(JsonSerializer.Serialize(new { url = "https://example.com", body }), "q\"", out var input, out var error), error);
        Assert.Equal(expected, input.GetProperty("body").GetString());
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Body_ObjectWithHostileValue_IsThatValue(string value)
    {
        Assert.True(TryWrite("""{ "url": "https://example.com", "body": { "a": "{{ x }}", "b": "- {{ x }}" } }""", value, out var input, out _));
        Assert.Equal(value, input.GetProperty("body").GetProperty("a").GetString());
        Assert.Equal("- " + value, input.GetProperty("body").GetProperty("b").GetString());
    }

    [Fact]
    public void Write_HalfSurrogateInText_BecomesTheReplacementCharacter()
    {
        var data = JsonElement.Parse("""{ "x": "a\ud800b" }""");
        Assert.Equal("""{"t":"- a\uFFFDb"}""", Write("""{ "t": "- {{ x }}" }""", data, null).GetRawText(), ignoreCase: true);
        Assert.Contains("%EF%BF%BD", Write("""{ "url": "https://example.com/{{ x }}" }""", data, Http).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_DateNow_ReadsTheClockGiven()
    {
        var options = new TemplateOptions { Clock = new Templates.FixedClock(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)) };
        Assert.Equal(
            "2026-03-01",
            Write("""{ "t": "{{ date.now | date.to_string '%F' }}" }""", JsonElement.Parse("{}"), null, options).GetProperty("t").GetString()
        );
    }

    private static bool TryWrite(string with, string value, out JsonElement input, out string error)
    {
        var data = JsonSerializer.SerializeToElement(
            new
            {
                x = value,
                n = 7,
                list = new object[] { 1, "a" },
                @base = "https://api.example.com",
            }
        );
        try
        {
            (input, error) = (Write(with, data, Http), "");
            return true;
        }
        catch (InputTemplateException exception)
        {
            (input, error) = (default, exception.Message);
            return false;
        }
    }

    private static JsonElement Write(string with, JsonElement data, StepTypeDescription? type, TemplateOptions? options = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            InputTemplate.Compile(JsonElement.Parse(with), type).Write(data, writer, options);
        }

        return JsonElement.Parse(stream.ToArray());
    }
}
