using System.Buffers;
using System.Text;
using System.Text.Json;
using Hub.Routing.Workflows;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>Writes the run context of one execution: what it is made of, in which order, and what stands for values that are too large.</summary>
/// <param name="trigger">The JSON of the trigger.</param>
internal sealed class RunContextWriter(ClaimedExecution execution, WorkflowDefinition workflow, ReadOnlyMemory<byte> trigger)
{
    /// <param name="steps">The steps that have an outcome, in document order.</param>
    /// <param name="error">Why the execution has failed, JSON text.</param>
    /// <param name="largest">The most bytes of a value; a larger one is left out.</param>
    public void Write(Utf8JsonWriter writer, SortedDictionary<int, StepResult>.ValueCollection steps, string? error, int largest)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("trigger"u8);
        if (trigger.Length <= largest)
        {
            writer.WriteRawValue(trigger.Span, skipInputValidation: true);
        }
        else
        {
            WriteOmitted(writer, trigger.Length);
        }

        writer.WriteStartObject("steps"u8);
        foreach (var step in steps)
        {
            writer.WriteStartObject(step.StepId);
            writer.WriteString("status"u8, StepStatusText.Of(step.Status));
            WriteValue(writer, "output", step.Output, largest);
            WriteValue(writer, "error", step.Error, largest);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("workflow"u8);
        writer.WriteString("id"u8, execution.WorkflowId);
        writer.WriteString("name"u8, workflow.Name);
        writer.WriteNumber("version"u8, execution.Version);
        writer.WriteEndObject();
        writer.WriteStartObject("execution"u8);
        writer.WriteString("id"u8, execution.Id);
        writer.WriteString("trigger"u8, execution.Trigger);
        writer.WriteString("createdAt"u8, execution.CreatedAt);
        WriteValue(writer, "error", error, largest);
        writer.WriteEndObject();
        if (execution is { Item: { } item, Parent: { } parent })
        {
            WriteValue(writer, "item", item, largest);
            writer.WriteNumber("index"u8, parent.Index);
        }

        writer.WritePropertyName("vars"u8);
        WriteVars(writer, workflow.Vars);
        writer.WriteEndObject();
    }

    /// <summary>The document's vars; an empty object when it has none.</summary>
    public static void WriteVars(Utf8JsonWriter writer, JsonElement vars)
    {
        if (vars.ValueKind == JsonValueKind.Object)
        {
            vars.WriteTo(writer);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
    }

    /// <summary>What stands where a value was too large to be kept once more.</summary>
    private static void WriteOmitted(Utf8JsonWriter writer, int size)
    {
        writer.WriteStartObject();
        writer.WriteString("omitted", "Too large to be kept here; the execution and its delivery have it.");
        writer.WriteNumber("bytes", size);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, string? json, int largest)
    {
        writer.WritePropertyName(name);
        if (json is null)
        {
            writer.WriteNullValue();
        }
        else if (largest < int.MaxValue && Encoding.UTF8.GetByteCount(json) is var size && size > largest)
        {
            WriteOmitted(writer, size);
        }
        else
        {
            WriteRaw(writer, json);
        }
    }

    /// <summary>The writer itself would set aside three times its length.</summary>
    private static void WriteRaw(Utf8JsonWriter writer, string json)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(json));
        writer.WriteRawValue(bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes)), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(bytes);
    }
}

/// <summary>What of a step's record others read.</summary>
/// <param name="Size">Bytes of output and error.</param>
internal readonly record struct StepResult(string StepId, StepStatus Status, string? Output, string? Error, int Size);
