using System.Text.Json;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

public sealed class WrittenHostsTests
{
    private static readonly JsonElement Vars = JsonElement.Parse(
        """
        { "base": "https://api.example.com/v1", "bare": "https://api.example.com", "shop": "mine", "odd": "a/b",
        "deep": { "url": "https://deep.example.com" }, "n": 7 }
        """
    );

    [Theory]
    [InlineData("\"https://api.example.com/orders\"", "https://api.example.com/")]
    [InlineData("\"https://api.example.com\"", "https://api.example.com/")]
    [InlineData("\"https://api.example.com:8443/{{ trigger.body.id }}\"", "https://api.example.com:8443/")]
    [InlineData("\"https://api.example.com?q={{ trigger.body.id }}\"", "https://api.example.com/")]
    [InlineData("\"{{ vars.base }}/orders/{{ trigger.body.id }}\"", "https://api.example.com/")]
    [InlineData("\"{{ vars.bare }}/orders/{{ trigger.body.id }}\"", "https://api.example.com/")]
    [InlineData("\"{{vars.bare}}\"", "https://api.example.com/")]
    [InlineData("\"{{ vars.deep.url }}\"", "https://deep.example.com/")]
    [InlineData("\"https://{{ vars.shop }}.example.com/{{ trigger.body.id }}\"", "https://mine.example.com/")]
    [InlineData("{ \"$path\": \"$.vars.bare\" }", "https://api.example.com/")]
    public void Url_DecidedByTheDocument_GivesItsHost(string url, string host) => Assert.Equal(new Uri(host), Assert.Single(HostsOf(url)!));

    [Theory]
    [InlineData("\"{{ trigger.body.u }}\"")]
    [InlineData("\"{{ trigger.body.u }}/path\"")]
    [InlineData("\"https://{{ trigger.body.h }}/\"")]
    [InlineData("\"https://{{ trigger.body.h }}.example.com/\"")]
    [InlineData("\"https://api.example.com{{ trigger.body.x }}\"")]
    [InlineData("\"https://api.example.com:{{ trigger.body.port }}/\"")]
    [InlineData("\"{{ trigger.body.scheme }}://api.example.com/\"")]
    [InlineData("\"{{ vars.bare }}{{ trigger.body.x }}\"")]
    [InlineData("\"https://{{ vars.odd }}.example.com/\"")]
    [InlineData("\"https://{{ if trigger.body.x }}a.example{{ else }}b.example{{ end }}/\"")]
    [InlineData("\"{{ vars.base | string.replace 'example' trigger.body.x }}\"")]
    [InlineData("\"{{ vars.none }}\"")]
    [InlineData("\"{{ vars.n }}\"")]
    [InlineData("{ \"$path\": \"$.trigger.body.u\" }")]
    [InlineData("{ \"$path\": \"$..base\" }")]
    [InlineData("\"api.example.com/x\"")]
    public void Url_DecidedOutside_GivesNone(string url) => Assert.Null(HostsOf(url));

    [Fact]
    public void Inputs_MadeAsAWhole_GiveNone() =>
        Assert.Null(WrittenHosts.Of(JsonElement.Parse("""{ "$path": "$.trigger.body" }"""), Type("http.request"), Vars));

    [Fact]
    public void Step_WithoutAUrl_CallsWhereItsConnectorCalls() =>
        Assert.Empty(WrittenHosts.Of(JsonElement.Parse("""{ "channel": "{{ trigger.body.c }}" }"""), Type("slack.post_message"), Vars)!);

    private static IReadOnlyList<Uri>? HostsOf(string url) => WrittenHosts.Of(JsonElement.Parse($$"""{ "url": {{url}} }"""), Type("http.request"), Vars);

    private static StepTypeDescription Type(string name) => new TestCatalog().Find(name)!;
}
