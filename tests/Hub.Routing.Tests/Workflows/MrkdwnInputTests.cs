using System.Text;
using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

/// <summary>What comes from outside mentions nobody in Slack, wherever a workflow puts it; what its author wrote stays.</summary>
public sealed class MrkdwnInputTests
{
    private const string Context = """
        {
          "evil": "<!channel> & <@U1> > x", "here": "!here", "user": "@U1", "channel": "#C1", "link": "https://a.example/?a=1&b=2", "n": 1.50, "empty": "",
          "block": { "type": "section", "text": { "type": "mrkdwn", "text": "<!everyone>" },
            "accessory": { "type": "image", "image_url": "https://a.example/?a&b", "alt_text": "x" } },
          "rich": { "type": "rich_text", "elements": [ { "type": "rich_text_section", "elements": [
            { "type": "broadcast", "range": "channel" }, { "type": "user", "user_id": "U1", "style": { "bold": true } },
            { "type": "usergroup", "usergroup_id": "S1" }, { "type": "\u0075ser" }, { "type": "broadcast", "range": "here", "type": "text", "text": "x" },
            { "type": "channel", "channel_id": "C1" }, { "type": "text", "text": "<!here>", "style": { "bold": true } },
            { "type": "link", "url": "https://a.example/?a&b", "text": "&" } ] } ] },
          "option": { "text": { "type": "mrkdwn", "text": "<!here>" }, "value": "a&b" }, "said": { "type": "mrkdwn", "text": "<!here>" },
          "nested": { "zz": { "text": { "type": "rich_text_section", "elements": [ { "type": "broadcast", "range": "here" } ] } } }, "mention": "broadcast",
          "all": { "text": "<!channel>", "channel": "#a&b", "blocks": [ { "type": "header", "text": { "type": "plain_text", "text": "<!here>" } } ] }
        }
        """;

    private const string PlainRich = """
        {"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"@channel"},{"type":"text","text":"@U1"},
        {"type":"text","text":"@S1"},{"type":"text","text":"@"},{"type":"text","text":"@here"},{"type":"channel","channel_id":"C1"},
        {"type":"text","text":"<!here>","style":{"bold":true} },{"type":"link","url":"https://a.example/?a&b","text":"&"}]}]}
        """;

    private static readonly StepTypeDescription Type = new(
        "slack.post_message",
        "",
        [
            new("channel", FieldType.Text, true),
            new("text", FieldType.Text, false) { Place = StepFieldPlace.Mrkdwn },
            new("blocks", FieldType.Array, false) { Place = StepFieldPlace.MrkdwnBlocks },
        ],
        true,
        true,
        default
    );

    [Theory]
    [InlineData("{{ evil }}", "&lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x")]
    [InlineData("x {{ evil }}", "x &lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x")]
    [InlineData("<!here> <https://a.example/?a&amp;b|link> & {{ n }}", "<!here> <https://a.example/?a&amp;b|link> & 1.50")]
    [InlineData("<{{ link }}|open>", "<https://a.example/?a=1&amp;b=2|open>")]
    [InlineData("<{{ here }}> <{{ user }}> <{{ channel }}|x>", "<%21here> <%40U1> <%23C1|x>")]
    [InlineData("<{{ empty }}{{ here }}>", "<%21here>")]
    [InlineData("<{{ if true }}{{ here }}{{ end }}>", "<%21here>")]
    [InlineData("ask <@{{ evil }}>", "ask <@&lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x>")]
    [InlineData("{{ evil | raw }}", "<!channel> & <@U1> > x")]
    [InlineData("x {{ evil | raw }}", "x <!channel> & <@U1> > x")]
    [InlineData("{{ '<' + here + '>' }}", "&lt;!here&gt;")]
    [InlineData("{{ for x in ['<!here>'] }}{{ x }}{{ end }}", "&lt;!here&gt;")]
    [InlineData("{{ capture x }}{{ evil }}{{ end }}{{ x }}", "&lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x")]
    [InlineData("{{ n }}!here", "1.50!here")]
    public void Text_WithValues_EscapesThemAndNothingElse(string text, string expected) =>
        Assert.Equal(expected, Render(JsonSerializer.Serialize(new { channel = "c", text })).GetProperty("text").GetString());

    [Theory]
    [InlineData("""{ "text": { "$path": "$.evil" } }""", """{"text":"&lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x"}""")]
    [InlineData("""{ "channel": "{{ evil }}" }""", """{"channel":"<!channel> & <@U1> > x"}""")]
    [InlineData("""{ "text": "{{ n }}" }""", """{"text":1.50}""")]
    [InlineData("""{ "text": { "$path": "$.none" } }""", """{"text":null}""")]
    [InlineData(
        """{ "$path": "$.all" }""",
        """{"text":"&lt;!channel&gt;","channel":"#a&b","blocks":[{"type":"header","text":{"type":"plain_text","text":"&lt;!here&gt;"}}]}"""
    )]
    [InlineData(
        """{ "blocks": "{{ [block] }}" }""",
        """
            {"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"&lt;!everyone&gt;"},
            "accessory":{"type":"image","image_url":"https://a.example/?a&b","alt_text":"x"}}]}
            """
    )]
    [InlineData("""{ "blocks": [ { "$path": "$.block.text" } ] }""", """{"blocks":[{"type":"mrkdwn","text":"&lt;!everyone&gt;"}]}""")]
    [InlineData(
        """{ "blocks": [ { "type": "mrkdwn", "text": "<!here> {{ here }} <{{ here }}>" } ] }""",
        """{"blocks":[{"type":"mrkdwn","text":"<!here> !here <%21here>"}]}"""
    )]
    [InlineData(
        """{ "blocks": [ { "type": "plain_text", "text": { "$path": "$.evil" } } ] }""",
        """{"blocks":[{"type":"plain_text","text":"&lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x"}]}"""
    )]
    [InlineData(
        """{ "blocks": [ { "type": "{{ 'mrkdwn' }}", "text": "{{ evil }}!" } ] }""",
        """{"blocks":[{"type":"mrkdwn","text":"&lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x!"}]}"""
    )]
    [InlineData(
        """{ "blocks": [ { "type": "button", "url": "{{ link }}", "text": { "type": "plain_text", "text": "Go {{ evil }}" } } ] }""",
        """
            {"blocks":[{"type":"button","url":"https://a.example/?a=1&b=2","text":{"type":"plain_text",
            "text":"Go &lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x"}}]}
            """
    )]
    [InlineData(
        """{ "blocks": [ { "type": "section", "fields": [ { "type": "mrkdwn", "text": "{{ evil }}" } ] } ] }""",
        """{"blocks":[{"type":"section","fields":[{"type":"mrkdwn","text":"&lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x"}]}]}"""
    )]
    [InlineData(
        """{ "blocks": [ { "type": "actions", "elements": [ { "type": "overflow", "options": [ { "$path": "$.option" } ] } ] } ] }""",
        """{"blocks":[{"type":"actions","elements":[{"type":"overflow","options":[{"text":{"type":"mrkdwn","text":"&lt;!here&gt;"},"value":"a&b"}]}]}]}"""
    )]
    [InlineData(
        """{ "blocks": [ { "options": [ { "text": { "$path": "$.said" } }, { "text": { "type": "mrkdwn", "text": "<!here> {{ evil }}" } } ] } ] }""",
        """
            {"blocks":[{"options":[{"text":{"type":"mrkdwn","text":"&lt;!here&gt;"} },
            {"text":{"type":"mrkdwn","text":"<!here> &lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x"} }]}]}
            """
    )]
    [InlineData(
        """{ "blocks": [ { "type": "button", "confirm": { "title": "x", "text": { "$path": "$.said" } } } ] }""",
        """{"blocks":[{"type":"button","confirm":{"title":"x","text":{"type":"mrkdwn","text":"&lt;!here&gt;"}}}]}"""
    )]
    [InlineData("""{ "blocks": [ { "text": { "$path": "$.said" } } ] }""", """{"blocks":[{"text":{"type":"mrkdwn","text":"&lt;!here&gt;"}}]}""")]
    [InlineData("""{ "text": { "$path": "$.said" } }""", """{"text":{"type":"mrkdwn","text":"&lt;!here&gt;"}}""")]
    [InlineData("""{ "text": "{{ [evil] }}" }""", """{"text":["&lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x"]}""")]
    [InlineData(
        """{ "blocks": [ { "$path": "$.nested" } ] }""",
        """{"blocks":[{"zz":{"text":{"type":"rich_text_section","elements":[{"type":"text","text":"@here"}]}}}]}"""
    )]
    [InlineData(
        """{ "blocks": [ { "type": "{{ mention }}", "range": "channel" }, { "type": { "$path": "$.mention" }, "range": "{{ 'here' }}" } ] }""",
        """{"blocks":[{"type":"text","text":"@channel"},{"type":"text","text":"@here"}]}"""
    )]
    [InlineData(
        """{ "blocks": [ { "type": "new_kind", "text": "{{ evil }}" }, { "type": "raw_text", "text": "{{ here }}" } ] }""",
        """{"blocks":[{"type":"new_kind","text":"&lt;!channel&gt; &amp; &lt;@U1&gt; &gt; x"},{"type":"raw_text","text":"!here"}]}"""
    )]
    [InlineData("""{ "blocks": [ { "$path": "$.rich" } ] }""", "{\"blocks\":[" + PlainRich + "]}")]
    [InlineData("""{ "blocks": "{{ [rich] }}" }""", "{\"blocks\":[" + PlainRich + "]}")]
    [InlineData("""{ "blocks": [ { "type": "rich_text", "elements": { "$path": "$.rich.elements" } } ] }""", "{\"blocks\":[" + PlainRich + "]}")]
    [InlineData(
        """
            { "blocks": [ { "type": "rich_text", "elements": [ { "type": "rich_text_section", "elements": [ { "$path": "$.rich.elements[0].elements[0]" },
            { "type": "broadcast", "range": "here" }, { "type": "user", "user_id": "{{ user }}" } ] } ] } ] }
            """,
        """
            {"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"@channel"},
            {"type":"broadcast","range":"here"},{"type":"user","user_id":"@U1"}]}]}]}
            """
    )]
    [InlineData("""{ "blocks": "{{ [rich.elements[0].elements[0]] | raw }}" }""", """{"blocks":[{"type":"broadcast","range":"channel"}]}""")]
    public void Inputs_WithValues_EscapeWhatSlackReadsAsMarkup(string with, string expected) =>
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), Render(with)), Render(with).GetRawText());

    [Fact]
    public void Text_ThatGrowsBeyondTheLimit_FailsAndNamesThePlace()
    {
        var context = JsonSerializer.SerializeToElement(new { evil = new string('<', 600) });
        var error = Assert.Throws<InputTemplateException>(() => Render("""{ "text": "{{ evil }}" }""", context, 1000));
        Assert.Equal("/text", error.Pointer);
    }

    private static JsonElement Render(string with) => Render(with, JsonElement.Parse(Context), 4 << 20);

    private static JsonElement Render(string with, JsonElement context, int limit)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            InputTemplate.Compile(JsonElement.Parse(with), Type).Write(context, writer, new() { MaxBytes = limit });
        }

        return JsonElement.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
