using Hub.Connectors.Tests.Conformance;
using Hub.Connectors.Tests.StandIns;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.BuiltIn.Slack;

public sealed class SlackPostMessageConformance : ActionConformance
{
    /// <summary>The example of Slack's own API description (slackapi/slack-api-specs, MIT).</summary>
    internal const string Answer = """
        { "ok": true, "channel": "C1H9RESGL", "ts": "1503435956.000247",
          "message": { "type": "message", "subtype": "bot_message", "bot_id": "B19LU7CSY", "username": "ecto1",
                       "text": "Here's a message for you", "ts": "1503435956.000247" } }
        """;

    public override ActionCase Case { get; } =
        new(
            "slack.post_message",
            new Dictionary<string, string> { ["token"] = "xoxb-1-secret-7319" },
            url => [("Hub:Connectors:Slack:BaseAddress", url + "api/")],
            _ => TestHub.Json("""{ "channel": "#alerts", "text": "Grüße", "thread_ts": null }"""),
            context =>
            {
                context.Response.ContentType = "application/json; charset=utf-8";
                return context.Response.WriteAsync(Answer);
            },
            sent =>
            {
                Assert.Equal(("POST", "/api/chat.postMessage"), (sent.Method, sent.PathAndQuery));
                Assert.Equal("application/json; charset=utf-8", sent.Header("Content-Type"));
                Assert.Equal("Bearer xoxb-1-secret-7319", sent.Header("Authorization"));
                Assert.Equal("""{"channel":"#alerts","text":"Grüße"}""", sent.Text);
            },
            ThrottledCode: "ratelimited"
        );
}
