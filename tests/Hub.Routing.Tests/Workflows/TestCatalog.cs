using System.Text.Json;
using Hub.Fields;
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
                new StepField("url", FieldType.Text, true) { Place = StepFieldPlace.Url },
                new StepField("method", FieldType.Text, false, ["GET", "POST", "PUT", "DELETE"]),
                new StepField("headers", FieldType.Object, false) { Place = StepFieldPlace.Headers },
                new StepField("body", FieldType.Any, false) { Place = StepFieldPlace.Body },
                new StepField("maxRedirects", FieldType.Number, false),
                new StepField("follow", FieldType.Boolean, false),
                new StepField("accept", FieldType.Array, false),
                new StepField("wait", FieldType.Duration, false),
            ],
            CredentialRequired: false,
            AcceptsCredential: true,
            OutputSchema: JsonElement.Parse(
                """
                {
                  "type": "object", "additionalProperties": false,
                  "properties": { "status": { "type": "integer" }, "headers": { "type": "object", "additionalProperties": { "type": "string" } }, "body": {} }
                }
                """
            )
        ),
        new(
            "slack.post_message",
            "Posts a message to a channel.",
            [new StepField("channel", FieldType.Text, true), new StepField("text", FieldType.Text, true)],
            CredentialRequired: true,
            AcceptsCredential: true,
            OutputSchema: default
        ),
        new(
            "email.send",
            "Sends a mail.",
            [new StepField("to", FieldType.Text, true), new StepField("subject", FieldType.Text, true), new StepField("text", FieldType.Text, false)],
            CredentialRequired: true,
            AcceptsCredential: true,
            OutputSchema: default
        ),
        new(
            "text.upcase",
            "Changes letters.",
            [new StepField("text", FieldType.Text, true)],
            CredentialRequired: false,
            AcceptsCredential: false,
            OutputSchema: default
        ),
    ];

    public IEnumerable<string> Types => Actions.Select(action => action.Type);

    public StepTypeDescription? Find(string type) => Array.Find(Actions, action => action.Type == type);
}
