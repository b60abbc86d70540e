using System.Buffers;
using Hub.Engine.Intake;

namespace Hub.Api.Bodies;

/// <summary>A body as it grows. Each part is paid for before it is filled, so that what is counted is what is held.</summary>
internal sealed class BodyParts(SourceMemory room) : IDisposable
{
    private const int First = 4 << 10;

    /// <summary>Below what goes to the heap of large objects.</summary>
    private const int Largest = 64 << 10;

    private readonly List<byte[]> _parts = [];
    private long _held;
    private int _free;

    /// <summary>What came so far, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>False when there is no room for it.</summary>
    public bool TryAdd(ReadOnlySequence<byte> arrived)
    {
        foreach (var segment in arrived)
        {
            for (var rest = segment.Span; !rest.IsEmpty; )
            {
                if (_free == 0 && !TryGrow())
                {
                    return false;
                }

                var part = _parts[^1];
                var size = Math.Min(rest.Length, _free);
                rest[..size].CopyTo(part.AsSpan(part.Length - _free));
                rest = rest[size..];
                _free -= size;
                Length += size;
            }
        }

        return true;
    }

    /// <summary>The whole body. Parts and whole exist side by side only within this call, so at most one body for each processor.</summary>
    public ReceivedBody ToBody()
    {
        var bytes = GC.AllocateUninitializedArray<byte>((int)Length);
        var rest = bytes.AsSpan();
        foreach (var part in _parts)
        {
            var size = Math.Min(rest.Length, part.Length);
            part.AsSpan(0, size).CopyTo(rest);
            rest = rest[size..];
        }

        // What stays taken is given back by the body.
        _held -= bytes.Length;
        return new ReceivedBody(bytes, room);
    }

    public void Dispose()
    {
        foreach (var part in _parts)
        {
            ArrayPool<byte>.Shared.Return(part);
        }

        _parts.Clear();
        room.GiveBack(_held);
    }

    private bool TryGrow()
    {
        var size = _parts.Count == 0 ? First : Math.Min(_parts[^1].Length * 4, Largest);
        if (!room.TryTake(size, _held))
        {
            return false;
        }

        // Sizes are powers of two, which the pool gives exactly.
        _held += size;
        _free = size;
        _parts.Add(ArrayPool<byte>.Shared.Rent(size));
        return true;
    }
}
