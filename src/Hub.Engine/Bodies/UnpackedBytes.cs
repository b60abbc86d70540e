using System.Buffers;

namespace Hub.Engine.Bodies;

/// <summary>What is unpacked so far, in memory that grows with it.</summary>
/// <param name="first">What is taken first where nobody says a size.</param>
/// <param name="most">The most bytes that it may grow to.</param>
/// <param name="hasRoom">Asked whether there is room for so many bytes in all; null when there always is.</param>
internal sealed class UnpackedBytes(int first, int most, Func<long, bool>? hasRoom) : IDisposable
{
    private byte[] _bytes = [];
    private bool _isRented;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    /// <summary>Where the next bytes go; not empty after <see cref="TryHaveRoom"/>.</summary>
    public Span<byte> Free => _bytes.AsSpan(Count);

    /// <summary>Takes memory of just the size that is said. Where that is right, nothing is copied.</summary>
    public bool TryBegin(int size)
    {
        if (hasRoom?.Invoke(size) == false)
        {
            return false;
        }

        _bytes = GC.AllocateUninitializedArray<byte>(size);
        return true;
    }

    /// <summary>False when there is no room for more.</summary>
    public bool TryHaveRoom()
    {
        if (Count < _bytes.Length)
        {
            return true;
        }

        var size = (int)Math.Min(most, Math.Max(2L * _bytes.Length, first));
        if (size <= Count || hasRoom?.Invoke((long)_bytes.Length + size) == false)
        {
            return false;
        }

        var more = ArrayPool<byte>.Shared.Rent(size);
        Written.CopyTo(more);
        Dispose();
        (_bytes, _isRented) = (more, true);
        return true;
    }

    public void Advance(int count) => Count += count;

    /// <summary>The first bytes, for whoever keeps them. False when there is no room to set them apart.</summary>
    public bool TryTake(int count, out ReadOnlyMemory<byte> bytes)
    {
        if (!_isRented)
        {
            bytes = _bytes.AsMemory(0, count);
            return true;
        }

        var hasSome = hasRoom?.Invoke((long)_bytes.Length + count) != false;
        bytes = hasSome ? _bytes.AsSpan(0, count).ToArray() : default;
        return hasSome;
    }

    public void Dispose()
    {
        if (_isRented)
        {
            _isRented = false;
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
