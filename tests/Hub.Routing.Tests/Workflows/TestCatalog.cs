using System.Text.Json;
using Hub.Routing.Workflows;

namespace Hub.Routing.Tests.Workflows;

/// <summary>A few actions that tests, test data and the page about the format use.</summary>
internal sealed class TestCatalog : IStepCatalog
{
    private static readonly StepTypeDescription[] Actions =
    [
        new(
            "http.request",
            "Sends an HTTP request.",
            [
                new StepField("url", StepFieldType.Text, true) { Place = StepFieldPlace.Url },
                new StepField("method", StepFieldType.Text, false, ["GET", "POST", "PUT", "DELETE"]),
                new StepField("headers", StepFieldType.Object, false) { Place = StepFieldPlace.Headers },
                new StepField("body", StepFieldType.Any, false) { Place = StepFieldPlace.Body },
                new StepField("maxRedirects", StepFieldType.Number, false),
                new StepField("follow", StepFieldType.Boolean, false),
                new StepField("accept", StepFieldType.Array, false),
                new StepField("wait", StepFieldType.Duration, false),
            ],
            CredentialRequired: false,
            AcceptsCredential: true,
            OutputSchema: JsonElement.Parse("""
                {
                  "type": "object", "additionalProperties": false,
                  "properties": { "status": { "type": "integer" }, "headers": { "type": "object", "additionalProperties": { "type": "string" } }, "body": {} }
                }
                """)),
        new(
            "slack.post_message",
            "Posts a message to a channel.",
            [new StepField("channel", StepFieldType.Text, true), new StepField("text", StepFieldType.Text, true)],
            CredentialRequired: true,
            AcceptsCredential: true,
            OutputSchema: default),
        new(
            "email.send",
            "Sends a mail.",
            [new StepField("to", StepFieldType.Text, true), new StepField("subject", StepFieldType.Text, true), new StepField("text", StepFieldType.Text, false)],
            CredentialRequired: true,
            AcceptsCredential: true,
            OutputSchema: default),
        new("text.upcase", "Changes letters.", [new StepField("text", StepFieldType.Text, true)], CredentialRequired: false, AcceptsCredential: false, OutputSchema: default),
    ];

    public IEnumerable<string> Types => Actions.Select(action => action.Type);

    public StepTypeDescription? Find(string type) => Array.Find(Actions, action => action.Type == type);
}
