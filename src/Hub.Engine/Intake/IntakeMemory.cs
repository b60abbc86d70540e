using System.Collections.Concurrent;
using System.Text.Unicode;
using Hub.Engine.Bodies;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Intake;

/// <summary>
/// Bounds what requests hold. One half is for what senders can prolong: bodies from their first byte on. The other is for bodies while they are unpacked and
/// read, which can become much larger than they came.
/// </summary>
public sealed class IntakeMemory
{
    /// <summary>Bodies up to this size that came as they are need no share for being read, in bytes.</summary>
    public const int Unweighed = 64 << 10;

    /// <summary>What a document takes for each token while it grows.</summary>
    private const int TokenBytes = 36;

    private readonly ByteBudget _held;
    private readonly ByteBudget _read;
    private readonly long _sourceShare;

    /// <summary>One for each Source that this process received for: as many as there ever were, and small.</summary>
    private readonly ConcurrentDictionary<Guid, SourceMemory> _sources = new();

    public IntakeMemory(IOptions<IntakeOptions> options)
    {
        var limit = options.Value.MaxBodyBytesInWork;
        (_held, _read) = (new ByteBudget(limit / 2), new ByteBudget(limit - (limit / 2)));
        _sourceShare = _held.Limit * options.Value.SourcePercent / 100;
    }

    /// <summary>What is held by all requests at the moment, in bytes.</summary>
    public long Taken => _held.Taken + _read.Taken;

    /// <summary>The largest body that can be received at all, in bytes.</summary>
    public int LargestBody => (int)Math.Min(int.MaxValue, _held.Limit);

    /// <summary>What the senders of a Source hold. <see cref="Guid.Empty"/> stands for those of the API.</summary>
    public SourceMemory Of(Guid source) =>
        _sources.TryGetValue(source, out var memory) ? memory : _sources.GetOrAdd(source, _ => new SourceMemory(_held, _sourceShare));

    /// <summary>The share of a request with this body for being unpacked and read, empty for now; null when it needs none.</summary>
    public IntakeShare? Open(int bodyLength, string? contentEncoding) =>
        bodyLength > Unweighed || BodyEncoding.IsEncoded(contentEncoding) ? new IntakeShare(_read) : null;

    /// <summary>The most that reading a body as a document may take, in bytes.</summary>
    public static long WeightOf(ReadOnlySpan<byte> body)
    {
        var first = body.TrimStart(" \t\r\n\uFEFF"u8);
        return first is [(byte)'{' or (byte)'[', ..] && Utf8.IsValid(body)
            ? (5L * body.Length) + (TokenBytes * (1L + body.Count((byte)',') + body.Count((byte)':') + (2L * (body.Count((byte)'{') + body.Count((byte)'[')))))
            : 17L * body.Length;
    }
}

/// <summary>What one request may hold while its body is unpacked and read. Used by one request.</summary>
public sealed class IntakeShare : IDisposable
{
    private readonly ByteBudget _budget;
    private long _held;

    internal IntakeShare(ByteBudget budget) => _budget = budget;

    /// <summary>
    /// Has at least so many bytes from now on; false when there is no room for them. What needs more than there is takes all of it, and so is alone.
    /// </summary>
    public bool TryHold(long bytes)
    {
        var more = Math.Min(bytes, _budget.Limit) - _held;
        if (more > 0 && !_budget.TryTake(more))
        {
            return false;
        }

        _held += Math.Max(more, 0);
        return true;
    }

    public void Dispose()
    {
        _budget.GiveBack(_held);
        _held = 0;
    }
}
