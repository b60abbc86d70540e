using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Connectors.Secrets;
using Hub.Fields;

namespace Hub.Connectors.BuiltIn.Http;

/// <summary><c>http.request</c>: one call, answered by status, headers and body.</summary>
internal sealed class HttpRequestAction(GuardedHttpClient http) : IConnectorAction
{
    public ActionManifest Manifest { get; } =
        new(
            "http.request",
            "Calls a URL and gives its status, headers and body.",
            [
                new("url", FieldType.Text, "Absolute, http or https, without user name and password.", Required: true) { Place = FieldPlace.Url },
                new(
                    "method",
                    FieldType.Text,
                    "GET when left out, POST when there is a body.",
                    Choices: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
                ),
                new("headers", FieldType.Object, "Names and values. Host, Content-Length, Transfer-Encoding and Connection are not yours to set.")
                {
                    Place = FieldPlace.Headers,
                },
                new("query", FieldType.Object, "Appended to the URL, percent-encoded; an array repeats its name, null is left out."),
                new("body", FieldType.Any, "A text is sent as text/plain, any other value as application/json, unless a Content-Type header says otherwise.")
                {
                    Place = FieldPlace.Body,
                },
                new("timeout", FieldType.Duration, "Time for the whole call."),
            ],
            """
            {
              "type": "object",
              "required": ["status", "headers", "body"],
              "additionalProperties": false,
              "properties": {
                "status": { "type": "integer", "description": "200 to 299" },
                "headers": { "type": "object", "description": "Names in lower case", "additionalProperties": { "type": "string" } },
                "body": { "description": "JSON as it is, text as text, anything else as { \"base64\": ... }, nothing as null" },
                "note": { "type": "string", "description": "What to know of how the body was read; hardly ever there" }
              }
            }
            """
        )
        {
            Destination = "url",
        };

    public async Task<ActionResult> RunAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var secrets = SecretMask.SecretsOf(HttpConnector.Declared.CredentialFields, context.Credential);
        if (!HttpRequestInput.TryRead(context, secrets, out var request, out var error))
        {
            return ActionResult.Failed(error);
        }

        using var result = await http.SendAsync(request, cancellationToken);
        return !result.TryGetSuccess(secrets, out var response, out error) ? ActionResult.Failed(error)
            : Json.TryBuild(response.MaxJsonBytes, writer => WriteOutput(writer, response), out var output) ? ActionResult.Succeeded(output)
            : ActionResult.Failed(OutboundErrors.ResponseTooLargeAsJson(response.Url, response.MaxJsonBytes));
    }

    private static void WriteOutput(Utf8JsonWriter writer, OutboundResponse response)
    {
        writer.WriteStartObject();
        writer.WriteNumber("status", response.Status);
        writer.WriteStartObject("headers");
        foreach (var (name, value) in response.Headers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("body");
        if (ResponseBody.Write(writer, response) is { } note)
        {
            writer.WriteString("note", note);
        }

        writer.WriteEndObject();
    }
}
