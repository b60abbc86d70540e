using System.Buffers;
using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Fields;
using Hub.Routing.Workflows;
using Hub.Routing.Writing;

namespace Hub.Engine.Steps;

/// <summary>Holds rendered inputs against their fields, by the same check as the document's.</summary>
internal static class StepFields
{
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 512 };

    /// <summary>The input with each value in the form its field has, such as 5 for "5" and PATCH for patch; mostly the input itself.</summary>
    public static JsonElement InForm(IReadOnlyList<IField> fields, JsonElement input)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (input.TryGetProperty(fields[i].Name, out var value) && FieldCheck.TryReplace(fields[i], value, out _))
            {
                return Rewritten(fields, input);
            }
        }

        return input;
    }

    /// <summary>Why a flow step cannot take its input; null when it can.</summary>
    public static ConnectorError? ErrorOf(string type, IReadOnlyList<IField> fields, JsonElement input) =>
        FieldCheck.ErrorsOf(fields, input) is { Count: > 0 } errors
            ? ConnectorError.OfInputs(
                type switch
                {
                    FlowSteps.Delay => DelayStep.ErrorCode,
                    FlowSteps.Respond => RespondStep.ErrorCode,
                    _ => "invalid_input",
                },
                errors
            )
            : null;

    private static JsonElement Rewritten(IReadOnlyList<IField> fields, JsonElement input)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(buffer, PlainJson.Writing))
            {
                writer.WriteStartObject();
                foreach (var member in input.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (fields.FirstOrDefault(field => field.Name == member.Name) is { } field && FieldCheck.TryReplace(field, member.Value, out var json))
                    {
                        writer.WriteRawValue(json);
                    }
                    else
                    {
                        writer.WriteAsItStands(member.Value);
                    }
                }

                writer.WriteEndObject();
            }

            return JsonDocument.Parse(buffer.WrittenMemory, Parsing).RootElement;
        }
        catch (InvalidOperationException)
        {
            // A name with half of a surrogate pair: nothing takes such an input, and the step says so.
            return input;
        }
    }
}
