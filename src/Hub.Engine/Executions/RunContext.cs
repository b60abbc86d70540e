using System.Buffers;
using System.Text;
using System.Text.Json;
using Hub.Engine.Bodies;
using Hub.Fields;
using Hub.Routing.Workflows;
using Hub.Routing.Writing;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>
/// The one JSON document that paths and templates of an execution read. It is put together again only after a step has changed it.
/// </summary>
public sealed class RunContext : IDisposable
{
    /// <summary>Deep enough for what a body may nest, and what is around it.</summary>
    public static JsonDocumentOptions ParseOptions { get; } = new() { MaxDepth = 512 };

    /// <summary>A thread keeps its buffer for the next value, up to this many bytes.</summary>
    private const int MostKept = 64 << 10;

    /// <summary>What stands around a step's output, in bytes, and some for the rest.</summary>
    private const int StepRoom = 512;

    [ThreadStatic]
    private static (JsonBuffer Buffer, Utf8JsonWriter Writer)? _spare;

    private readonly ClaimedExecution _execution;
    private readonly WorkflowDefinition _workflow;
    private readonly SortedDictionary<int, Outcome> _steps = [];
    private readonly ReadOnlyMemory<byte> _trigger;
    private JsonDocument? _document;
    private byte[]? _rented;
    private string? _error;

    /// <param name="body">The delivery's body where it is unpacked already.</param>
    internal RunContext(ClaimedExecution execution, WorkflowDefinition workflow, UnpackedBody? body = null)
    {
        (_execution, _workflow) = (execution, workflow);
        _trigger = WriteJson(writer =>
        {
            if (execution.Delivery is { } delivery)
            {
                TriggerJson.Write(writer, delivery, body?.Take());
            }
            else
            {
                TriggerJson.WriteManual(writer, execution.Input, execution.CreatedAt);
            }
        });
    }

    /// <summary>The document as of now. It is void after the next <see cref="Set"/>.</summary>
    public JsonElement Root => (_document ??= JsonDocument.Parse(Write(), ParseOptions)).RootElement;

    /// <summary>What the outputs and errors of all steps have together.</summary>
    public long OutputBytes { get; private set; }

    /// <summary>A step has an outcome.</summary>
    public void Set(int index, StepRecord record)
    {
        var size = SizeOf(record.Output) + SizeOf(record.Error);
        OutputBytes += size - (_steps.TryGetValue(index, out var earlier) ? earlier.Size : 0);
        _steps[index] = new Outcome(record.StepId, record.Status, record.Output, record.Error, size);
        Release();
    }

    /// <summary>Gives back the parsed document; it is made anew when it is read again.</summary>
    public void Release()
    {
        _document?.Dispose();
        _document = null;
        if (_rented is { } bytes)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>The execution has failed for this reason (JSON text).</summary>
    public void SetError(string error)
    {
        _error = error;
        Release();
    }

    /// <summary>The document as text of at most so many bytes. Where it is larger, values with more than their share of that are left out.</summary>
    public string WriteWithin(int most)
    {
        if (_trigger.Length + OutputBytes <= most && WriteJson(writer => WriteTo(writer, int.MaxValue)) is var whole && whole.Length <= most)
        {
            return Encoding.UTF8.GetString(whole.Span);
        }

        return WriteText(writer => WriteTo(writer, most / (_steps.Count + 2) / 2));
    }

    /// <summary>
    /// The document as text. Where it is large it stands in memory that the next one takes over: each step makes it anew, and what was left behind would soon
    /// be many times its size.
    /// </summary>
    private ReadOnlyMemory<byte> Write()
    {
        var expected = _trigger.Length + OutputBytes + (StepRoom * (_steps.Count + 2L));
        if (expected is <= MostKept or > int.MaxValue)
        {
            return WriteJson(writer => WriteTo(writer, int.MaxValue));
        }

        _rented = ArrayPool<byte>.Shared.Rent((int)expected);
        var buffer = new JsonBuffer(_rented);
        using var writer = new Utf8JsonWriter(buffer, PlainJson.Writing);
        WriteTo(writer, int.MaxValue);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteTo(Utf8JsonWriter writer, int largest)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("trigger"u8);
        if (_trigger.Length <= largest)
        {
            writer.WriteRawValue(_trigger.Span, skipInputValidation: true);
        }
        else
        {
            WriteOmitted(writer, _trigger.Length);
        }

        writer.WriteStartObject("steps"u8);
        foreach (var record in _steps.Values)
        {
            writer.WriteStartObject(record.StepId);
            writer.WriteString("status"u8, StepStatusText.Of(record.Status));
            WriteRaw(writer, "output", record.Output, largest);
            WriteRaw(writer, "error", record.Error, largest);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("workflow"u8);
        writer.WriteString("id"u8, _execution.WorkflowId);
        writer.WriteString("name"u8, _workflow.Name);
        writer.WriteNumber("version"u8, _execution.Version);
        writer.WriteEndObject();
        writer.WriteStartObject("execution"u8);
        writer.WriteString("id"u8, _execution.Id);
        writer.WriteString("trigger"u8, _execution.Trigger);
        writer.WriteString("createdAt"u8, _execution.CreatedAt);
        WriteRaw(writer, "error", _error, largest);
        writer.WriteEndObject();
        writer.WritePropertyName("vars"u8);
        WriteVars(writer, _workflow.Vars);
        writer.WriteEndObject();
    }

    public void Dispose() => Release();

    /// <summary>Writes JSON with a writer that is kept for the next value.</summary>
    /// <param name="write">Writes one value.</param>
    /// <param name="limit">The most bytes.</param>
    /// <exception cref="JsonLimitException">There is more than that.</exception>
    public static ReadOnlyMemory<byte> WriteJson(Action<Utf8JsonWriter> write, int limit = int.MaxValue)
    {
        // Taken out while in use: writing may come back here.
        var (buffer, writer) = _spare ?? (new JsonBuffer(), new Utf8JsonWriter(Stream.Null, PlainJson.Writing));
        _spare = null;
        buffer.Reset(limit);
        writer.Reset(buffer);
        write(writer);
        writer.Flush();
        var json = buffer.Detach();
        if (buffer.Capacity is > 0 and <= MostKept)
        {
            _spare = (buffer, writer);
        }

        return json;
    }

    /// <summary>The document's vars; an empty object when it has none.</summary>
    internal static void WriteVars(Utf8JsonWriter writer, JsonElement vars)
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

    internal static string WriteText(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(WriteJson(write).Span);

    /// <summary>What stands where a value was too large to be kept once more.</summary>
    private static void WriteOmitted(Utf8JsonWriter writer, int size)
    {
        writer.WriteStartObject();
        writer.WriteString("omitted", "Too large to be kept here; the execution and its delivery have it.");
        writer.WriteNumber("bytes", size);
        writer.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter writer, string name, string? json, int largest)
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
        var bytes = ArrayPool<byte>.Shared.Rent(SizeOf(json));
        writer.WriteRawValue(bytes.AsSpan(0, Encoding.UTF8.GetBytes(json, bytes)), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static int SizeOf(string? json) => json is null ? 0 : Encoding.UTF8.GetByteCount(json);

    /// <summary>What of a step's record others read.</summary>
    private readonly record struct Outcome(string StepId, StepStatus Status, string? Output, string? Error, int Size);
}
