using System.Buffers;

namespace Hub.Routing.Writing;

/// <summary>Takes in what a JSON writer writes, up to a limit that holds while it writes. It grows to the limit and no further, and can be used again.</summary>
public sealed class JsonBuffer(int capacity = 4096) : IBufferWriter<byte>
{
    /// <summary>A writer asks for what a text may take in the worst case, which is more than it writes.</summary>
    private const int Slack = 512 << 10;

    private const int Least = 256;

    private byte[] _bytes = new byte[capacity];
    private int _written;
    private int _limit = int.MaxValue;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _written);

    public int Capacity => _bytes.Length;

    /// <summary>Begins anew.</summary>
    /// <param name="limit">The most bytes.</param>
    public void Reset(int limit = int.MaxValue) => (_written, _limit) = (0, limit);

    /// <summary>What was written, as memory of its own; a large buffer is given away rather than copied, and is not to be used again.</summary>
    public ReadOnlyMemory<byte> Detach()
    {
        if (_written < _bytes.Length / 2 || _written <= Slack)
        {
            return Written.ToArray();
        }

        var whole = _bytes.AsMemory(0, _written);
        (_bytes, _written) = ([], 0);
        return whole;
    }

    public void Advance(int count)
    {
        if (count > _limit - _written)
        {
            throw new JsonLimitException(_limit);
        }

        _written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_written);
    }

    private void Reserve(int more)
    {
        more = Math.Max(more, Least);
        if (_bytes.Length - _written >= more)
        {
            return;
        }

        var most = Math.Min(_limit + (long)Slack, Array.MaxLength);
        if (_written + (long)more > most)
        {
            throw new JsonLimitException(_limit);
        }

        Array.Resize(ref _bytes, (int)Math.Clamp(2L * _bytes.Length, _written + (long)more, most));
    }
}
