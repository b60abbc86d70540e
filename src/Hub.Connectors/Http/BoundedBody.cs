using System.Buffers;

namespace Hub.Connectors.Http;

/// <summary>Reads a body to its end unless it is too long.</summary>
internal static class BoundedBody
{
    private const int FirstRead = 16 * 1024;

    /// <summary>Longer buffers are not pooled: the pool would keep them.</summary>
    private const int LongestPooled = 1 << 20;

    /// <param name="stream">The body.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="large">Awaited before more is read than <see cref="LargeAnswers.Small"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when there are more than <paramref name="limit"/> bytes.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        Stream stream,
        int limit,
        Func<CancellationToken, Task> large,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstRead, limit));
        var length = 0;
        var isLarge = false;
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0)
                {
                    return End(ref buffer, length);
                }

                length += read;
                if (length > limit)
                {
                    return null;
                }

                if (length > LargeAnswers.Small && !isLarge)
                {
                    isLarge = true;
                    await large(cancellationToken);
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer, length, limit);
                }
            }
        }
        finally
        {
            Return(buffer);
        }
    }

    /// <summary>A long buffer that is mostly full is given away as it is.</summary>
    private static ReadOnlyMemory<byte> End(ref byte[] buffer, int length)
    {
        if (buffer.Length <= LongestPooled || length < buffer.Length / 2)
        {
            return buffer.AsSpan(0, length).ToArray();
        }

        var whole = buffer.AsMemory(0, length);
        buffer = [];
        return whole;
    }

    // One byte beyond the limit tells that there is more.
    private static byte[] Grow(byte[] buffer, int length, int limit)
    {
        var size = (int)Math.Min(Math.Min((long)length * 2, limit + 1L), Array.MaxLength);
        var larger = size <= LongestPooled ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
        buffer.AsSpan(0, length).CopyTo(larger);
        Return(buffer);
        return larger;
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length is > 0 and <= LongestPooled)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
