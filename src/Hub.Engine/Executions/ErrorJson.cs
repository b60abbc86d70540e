using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Engine.Writing;
using Hub.Routing.Workflows;
using Hub.Storage.Journal;

namespace Hub.Engine.Executions;

/// <summary>Errors as they are recorded and shown.</summary>
internal static class ErrorJson
{
    /// <summary>Failed tries kept of one step; the first and the newest are the ones people look for.</summary>
    private const int MostTries = 50;

    public static string Of(ConnectorError error, string? stepId = null) => ThreadWriter.WriteText(writer => Write(writer, error, stepId));

    /// <summary>An error as it was recorded of a step.</summary>
    public static ConnectorError Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var error = document.RootElement;
        return new ConnectorError(
            error.GetProperty("code").GetString()!,
            error.GetProperty("message").GetString()!,
            error.GetProperty("retryable").GetBoolean(),
            error.TryGetProperty("retryAfterSeconds", out var wait) ? TimeSpan.FromSeconds(wait.GetDouble()) : null,
            error.TryGetProperty("httpStatus", out var status) ? status.GetInt32() : null,
            error.TryGetProperty("response", out var response) ? response.Clone() : null
        )
        {
            Pointer = error.TryGetProperty("pointer", out var pointer) ? pointer.GetString() : null,
        };
    }

    /// <summary>The history of a step's failed tries with one more at its end.</summary>
    public static string Append(string? history, int attempt, DateTimeOffset at, ConnectorError error) =>
        ThreadWriter.WriteText(writer =>
        {
            writer.WriteStartArray();
            if (history is not null)
            {
                using var earlier = JsonDocument.Parse(history);
                var count = earlier.RootElement.GetArrayLength();
                foreach (var (index, item) in earlier.RootElement.EnumerateArray().Index())
                {
                    if (index == 0 || index > count - MostTries)
                    {
                        item.WriteTo(writer);
                    }
                }
            }

            writer.WriteStartObject();
            writer.WriteNumber("attempt", attempt);
            writer.WriteString("at", at);
            writer.WritePropertyName("error");
            Write(writer, error, null);
            writer.WriteEndObject();
            writer.WriteEndArray();
        });

    /// <summary>Every failed try of these steps: a JSON array of <c>{ stepId, tries }</c>.</summary>
    public static string History(IEnumerable<StepRecord> steps) =>
        ThreadWriter.WriteText(writer =>
        {
            writer.WriteStartArray();
            foreach (var record in steps.Where(record => record.Errors is not null))
            {
                writer.WriteStartObject();
                writer.WriteString("stepId", record.StepId);
                writer.WritePropertyName("tries");
                writer.WriteRawValue(record.Errors!, skipInputValidation: true);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });

    private static void Write(Utf8JsonWriter writer, ConnectorError error, string? stepId)
    {
        writer.WriteStartObject();
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        if (stepId is not null)
        {
            writer.WriteString("stepId", stepId);
        }

        if (error.Pointer is { } pointer)
        {
            writer.WriteString("pointer", pointer);
            writer.WriteString("place", PlaceText.Of(pointer));
        }

        writer.WriteBoolean("retryable", error.Retryable);
        if (error.HttpStatus is { } status)
        {
            writer.WriteNumber("httpStatus", status);
        }

        if (error.RetryAfter is { } wait)
        {
            writer.WriteNumber("retryAfterSeconds", wait.TotalSeconds);
        }

        if (error.Response is { ValueKind: not JsonValueKind.Undefined } response)
        {
            writer.WritePropertyName("response");
            response.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
