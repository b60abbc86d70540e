using System.Buffers;

namespace Hub.Routing.Writing;

/// <summary>
/// Takes in what a JSON writer writes, up to a limit that holds while it writes. It grows to the limit and no further, and can be used again.
/// </summary>
public sealed class JsonBuffer(int capacity = 4096) : IBufferWriter<byte>
{
    /// <summary>A writer asks for what a text may take in the worst case, which is more than it writes.</summary>
    private const int Slack = 512 << 10;

    private const int Least = 256;

    /// <summary>Beyond this it is rented. In bytes.</summary>
    private const int MostOwned = 64 << 10;

    private byte[] _bytes = new byte[capacity];
    private byte[]? _rented;
    private int _written;
    private int _limit = int.MaxValue;

    /// <param name="bytes">Where it writes as long as there is room.</param>
    public JsonBuffer(byte[] bytes)
        : this(0) => _bytes = bytes;

    /// <summary>What was written, where it stands: void after the next writing.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _written);

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _written);

    public int Capacity => _bytes.Length;

    /// <summary>Begins anew.</summary>
    /// <param name="limit">The most bytes.</param>
    public void Reset(int limit = int.MaxValue) => (_written, _limit) = (0, limit);

    /// <summary>What was written, as memory of its own. What it had grown to is given back.</summary>
    public ReadOnlyMemory<byte> Detach()
    {
        var whole = Written.ToArray();
        _written = 0;
        if (_rented is not null)
        {
            GiveBack();
            _bytes = [];
        }

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

        Grow((int)Math.Clamp(2L * _bytes.Length, _written + (long)more, most));
    }

    /// <summary>Into rented memory once it is large: a value is often made, and what it outgrew would lie there until memory is collected.</summary>
    private void Grow(int size)
    {
        var larger = size > MostOwned ? ArrayPool<byte>.Shared.Rent(size) : new byte[size];
        Written.CopyTo(larger);
        GiveBack();
        _rented = size > MostOwned ? larger : null;
        _bytes = larger;
    }

    private void GiveBack()
    {
        if (_rented is { } bytes)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
