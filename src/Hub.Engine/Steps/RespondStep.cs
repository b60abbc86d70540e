using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Engine.Responses;
using Hub.Engine.Writing;
using Hub.Fields;
using Hub.Fields.Charsets;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;

namespace Hub.Engine.Steps;

/// <summary><c>respond</c>: its output is the answer for whoever waits for the execution, whole and checked. It gets there once the step is recorded.</summary>
internal sealed class RespondStep : IFlowStep
{
    public const string ErrorCode = "bad_response";

    private const string ContentType = "Content-Type";

    public string Type => FlowSteps.Respond;

    public StepOutcome Run(PlannedStep step, JsonElement input, StepScope scope)
    {
        try
        {
            return Answer(input);
        }
        catch (InvalidOperationException)
        {
            return Refuse(null, "The answer holds half of a surrogate pair, which no text can carry.");
        }
    }

    private static StepOutcome Answer(JsonElement input)
    {
        if (!TryReadStatus(input, out var status))
        {
            return Refuse(
                "status",
                $"'{InputText.Get(input, "status")}' is not the status of an answer. Give a whole number from 200 to {FlowSteps.GreatestStatus}."
            );
        }

        if (!ResponseHeaders.TryRead(input, out var headers, out var error))
        {
            return Refuse("headers", error);
        }

        var body = input.TryGetProperty("body", out var given) ? given : default;
        var hasBody = body.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        if (hasBody && status is 204 or 205 or 304)
        {
            return Refuse("body", $"An answer with the status {status} has no body. Leave 'body' out, or choose another status.");
        }

        if (hasBody && !headers.Exists(header => header.Key.Equals(ContentType, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(
                KeyValuePair.Create(ContentType, body.ValueKind == JsonValueKind.String ? "text/plain; charset=utf-8" : "application/json; charset=utf-8")
            );
        }

        return hasBody && body.ValueKind == JsonValueKind.String && ErrorOf(body, WorkflowResponse.ContentTypeOf(headers)) is { } unwritable
            ? Refuse("body", unwritable)
            : new Succeeded(ThreadWriter.WriteText(writer => Write(writer, status, headers, hasBody ? body : null)));
    }

    /// <summary>Why a text cannot be sent in the charset that its type names.</summary>
    private static string? ErrorOf(JsonElement body, string? type) =>
        EncodedText.UnknownIn(type) is { } unknown ? $"There is no charset '{unknown}', which the Content-Type names. Name utf-8 there, or none."
        : (TextDecoder.NamedIn(type) ?? Charset.Utf8) != Charset.Utf8
        && Json.IsReadable(body)
        && !EncodedText.TryWrite(body.GetString()!, type, out _, out var unwritable)
            ? $"The body {unwritable}"
        : null;

    /// <summary>200 when left out. An answer is final: those below 200 only announce one.</summary>
    private static bool TryReadStatus(JsonElement input, out int status)
    {
        status = 200;
        return !input.TryGetProperty("status", out var given) || given.ValueKind == JsonValueKind.Null || FlowSteps.TryReadStatus(given, out status);
    }

    private static void Write(Utf8JsonWriter writer, int status, List<KeyValuePair<string, string>> headers, JsonElement? body)
    {
        writer.WriteStartObject();
        writer.WriteNumber("status", status);
        writer.WriteStartObject("headers");
        foreach (var (name, value) in headers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("body");
        switch (body?.ValueKind)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(body.Value.GetString());
                break;
            default:
                writer.WriteRawValue(body.Value.GetRawText(), skipInputValidation: true);
                break;
        }

        writer.WriteEndObject();
    }

    private static Failed Refuse(string? input, string sentence) =>
        new(ConnectorError.OfInputs(ErrorCode, input is null ? new InputError("", sentence) : InputError.At(input, null, sentence)));
}
