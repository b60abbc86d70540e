using System.Text;
using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Writing;

namespace Hub.Engine.Writing;

/// <summary>Writes JSON with a writer that each thread keeps for the next value.</summary>
public static class ThreadWriter
{
    /// <summary>A thread keeps its buffer up to this many bytes.</summary>
    public const int MostKept = 64 << 10;

    [ThreadStatic]
    private static (JsonBuffer Buffer, Utf8JsonWriter Writer)? _spare;

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

    public static string WriteText(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(WriteJson(write).Span);
}
