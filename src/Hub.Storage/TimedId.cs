using System.Buffers.Binary;

namespace Hub.Storage;

/// <summary>Ids of UUID version 7 begin with their time, so a span of time is a range of ids.</summary>
public static class TimedId
{
    /// <summary>The smallest id of a moment, in whole milliseconds.</summary>
    public static Guid FirstOf(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(time.ToUnixTimeMilliseconds(), 0) << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
