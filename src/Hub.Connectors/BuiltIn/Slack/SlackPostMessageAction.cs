using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Fields;

namespace Hub.Connectors.BuiltIn.Slack;

/// <summary><c>slack.post_message</c>: the Web API's chat.postMessage.</summary>
internal sealed class SlackPostMessageAction(SlackApi slack) : IConnectorAction
{
    public ActionManifest Manifest { get; } =
        new(
            "slack.post_message",
            "Posts a message to a channel, a thread or a person.",
            [
                new("channel", FieldType.Text, "A channel's name with # or id, or a person's id.", Required: true),
                new("text", FieldType.Text, "The message in Slack's mrkdwn; with blocks, what notifications show.") { Place = FieldPlace.Mrkdwn },
                new("blocks", FieldType.Array, "Block Kit objects. A message has text, blocks or both.") { Place = FieldPlace.MrkdwnBlocks },
                new("thread_ts", FieldType.Text, "The ts of the message to reply to."),
                new("reply_broadcast", FieldType.Boolean, "Whether a reply is shown in the channel too."),
                new("username", FieldType.Text, "The name shown in place of the bot's; needs the scope chat:write.customize."),
                new("icon_emoji", FieldType.Text, "The emoji shown as the bot's picture, such as :robot_face:; needs the scope chat:write.customize."),
                new("unfurl_links", FieldType.Boolean, "Whether links to text are previewed."),
                new("unfurl_media", FieldType.Boolean, "Whether links to media are previewed."),
                new("mrkdwn", FieldType.Boolean, "Whether markup in the text is read; true when left out."),
            ],
            """
            {
              "type": "object",
              "required": ["ok", "channel", "ts", "message"],
              "additionalProperties": false,
              "properties": {
                "ok": { "type": "boolean" },
                "channel": { "type": "string", "description": "The channel's id" },
                "ts": { "type": "string", "description": "The message's id in the channel; use it as thread_ts" },
                "message": { "type": "object", "description": "The message as Slack keeps it" }
              }
            }
            """
        );

    public async Task<ActionResult> RunAsync(ActionContext context, CancellationToken cancellationToken)
    {
        if (!HasText(context.Input) && !HasBlocks(context.Input))
        {
            return ActionResult.Failed(FieldErrors.InvalidInput(InputError.At("text", null, "a message needs text or blocks.")));
        }

        var result = await slack.CallAsync("chat.postMessage", Arguments(context.Input), context, cancellationToken);
        return result.Error is null ? ActionResult.Succeeded(Output(result.Output)) : result;
    }

    private static bool HasText(JsonElement input) =>
        input.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString());

    private static bool HasBlocks(JsonElement input) =>
        input.TryGetProperty("blocks", out var blocks) && blocks.ValueKind == JsonValueKind.Array && blocks.GetArrayLength() > 0;

    // The input's names are Slack's own; only nulls, which Slack does not take, stay behind.
    private static JsonElement Arguments(JsonElement input) =>
        Json.Object([
            .. input
                .EnumerateObject()
                .Where(static member => member.Value.ValueKind != JsonValueKind.Null)
                .Select(static member => (member.Name, member.Value)),
        ]);

    private static JsonElement Output(JsonElement answer) =>
        Json.Object(
            ("ok", Json.Boolean(true)),
            ("channel", Part(answer, "channel", JsonValueKind.String) ?? Json.Text("")),
            ("ts", Part(answer, "ts", JsonValueKind.String) ?? Json.Text("")),
            ("message", Part(answer, "message", JsonValueKind.Object) ?? Json.Object())
        );

    private static JsonElement? Part(JsonElement answer, string name, JsonValueKind kind) =>
        answer.TryGetProperty(name, out var part) && part.ValueKind == kind ? part : null;
}
