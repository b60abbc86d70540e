using System.Buffers;
using System.Text;
using System.Text.Json;
using Hub.Engine.Bodies;
using Hub.Engine.Writing;
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

    /// <summary>What stands around a step's output, in bytes, and some for the rest.</summary>
    private const int StepRoom = 512;

    private readonly SortedDictionary<int, StepResult> _steps = [];
    private readonly ReadOnlyMemory<byte> _trigger;
    private readonly RunContextWriter _writer;
    private JsonDocument? _document;
    private byte[]? _rented;
    private string? _error;

    /// <param name="body">The delivery's body where it is unpacked already.</param>
    internal RunContext(ClaimedExecution execution, WorkflowDefinition workflow, UnpackedBody? body = null)
    {
        _trigger = ThreadWriter.WriteJson(writer =>
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
        _writer = new RunContextWriter(execution, workflow, _trigger);
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
        _steps[index] = new StepResult(record.StepId, record.Status, record.Output, record.Error, size);
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
        if (_trigger.Length + OutputBytes <= most && ThreadWriter.WriteJson(writer => WriteTo(writer, int.MaxValue)) is var whole && whole.Length <= most)
        {
            return Encoding.UTF8.GetString(whole.Span);
        }

        return ThreadWriter.WriteText(writer => WriteTo(writer, most / (_steps.Count + 2) / 2));
    }

    /// <summary>
    /// The document as text. Where it is large it stands in memory that the next one takes over: each step makes it anew, and what was left behind would soon
    /// be many times its size.
    /// </summary>
    private ReadOnlyMemory<byte> Write()
    {
        var expected = _trigger.Length + OutputBytes + (StepRoom * (_steps.Count + 2L));
        if (expected is <= ThreadWriter.MostKept or > int.MaxValue)
        {
            return ThreadWriter.WriteJson(writer => WriteTo(writer, int.MaxValue));
        }

        _rented = ArrayPool<byte>.Shared.Rent((int)expected);
        var buffer = new JsonBuffer(_rented);
        using var writer = new Utf8JsonWriter(buffer, PlainJson.Writing);
        WriteTo(writer, int.MaxValue);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    public void Dispose() => Release();

    private void WriteTo(Utf8JsonWriter writer, int largest) => _writer.Write(writer, _steps.Values, _error, largest);

    private static int SizeOf(string? json) => json is null ? 0 : Encoding.UTF8.GetByteCount(json);
}
