using System.Buffers;
using System.Text.Json;

namespace Hub.Connectors.Http;

/// <summary>Takes in JSON up to a limit that holds while it is written.</summary>
internal sealed class BoundedJson(int limit) : IBufferWriter<byte>
{
    /// <summary>A writer asks for what a text may take in the worst case, which is more than it writes.</summary>
    private const int Slack = 128 << 10;

    private byte[] _bytes = new byte[Math.Min(limit, 1024)];
    private int _written;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _written);

    /// <summary>False when there is more than the limit.</summary>
    public bool TryWrite(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var writer = new Utf8JsonWriter(this, options);
        try
        {
            write(writer);
            writer.Flush();
            return true;
        }
        catch (LimitReachedException)
        {
            return false;
        }
    }

    public void Advance(int count) => _written = count <= limit - _written ? _written + count : throw new LimitReachedException();

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void Reserve(int more)
    {
        if (_bytes.Length - _written >= more)
        {
            return;
        }

        var most = Math.Min(limit + (long)Slack, Array.MaxLength);
        var needed = _written + (long)more;
        Array.Resize(ref _bytes, needed <= most ? (int)Math.Clamp(2L * _bytes.Length, needed, most) : throw new LimitReachedException());
    }

#pragma warning disable CA1032, CA1064 // Thrown and caught in this class only.
    private sealed class LimitReachedException : Exception;
#pragma warning restore CA1032, CA1064
}
