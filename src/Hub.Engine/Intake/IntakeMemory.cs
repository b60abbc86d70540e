using Hub.Engine.Bodies;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Intake;

/// <summary>Bounds what requests hold while their bodies are unpacked and read: a small request can become large, and many come at once.</summary>
public sealed class IntakeMemory(IOptions<IntakeOptions> options)
{
    /// <summary>Bodies up to this size that came as they are need no share, in bytes.</summary>
    public const int Unweighed = 64 << 10;

    /// <summary>What a document takes for each token while it grows.</summary>
    private const int TokenBytes = 36;

    private readonly long _limit = options.Value.MaxBodyBytesInWork;
    private long _taken;

    /// <summary>What is held by all requests at the moment, in bytes.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>The share of a request with this body, empty for now; null when it needs none.</summary>
    public IntakeShare? Open(int bodyLength, string? contentEncoding) =>
        bodyLength > Unweighed || BodyEncoding.IsEncoded(contentEncoding) ? new IntakeShare(this) : null;

    /// <summary>The most that reading a body as a document may take, in bytes.</summary>
    public static long WeightOf(ReadOnlySpan<byte> body)
    {
        var first = body.TrimStart(" \t\r\n\uFEFF"u8);
        return first is [(byte)'{' or (byte)'[', ..]
            ? (5L * body.Length) + (TokenBytes * (1L + body.Count((byte)',') + body.Count((byte)':') + (2L * (body.Count((byte)'{') + body.Count((byte)'[')))))
            : 17L * body.Length;
    }

    /// <summary>Adds to what is taken, unless that exceeds the limit. What needs more than the limit takes all of it, and so is alone.</summary>
    internal bool TryTake(long held, long wanted, out long taken)
    {
        taken = Math.Min(wanted, _limit) - held;
        if (taken <= 0)
        {
            taken = 0;
            return true;
        }

        if (Interlocked.Add(ref _taken, taken) <= _limit)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -taken);
        taken = 0;
        return false;
    }

    internal void GiveBack(long held) => Interlocked.Add(ref _taken, -held);
}

/// <summary>What one request may hold. Used by one request.</summary>
public sealed class IntakeShare(IntakeMemory memory) : IDisposable
{
    private long _held;

    /// <summary>Has at least so many bytes from now on; false when there is no room for them.</summary>
    public bool TryHold(long bytes)
    {
        if (!memory.TryTake(_held, bytes, out var taken))
        {
            return false;
        }

        _held += taken;
        return true;
    }

    public void Dispose()
    {
        memory.GiveBack(_held);
        _held = 0;
    }
}
