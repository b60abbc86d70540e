using System.Buffers;
using System.IO.Compression;

namespace Hub.Engine.Bodies;

/// <summary>Unpacks bodies that were sent compressed (Content-Encoding), within bounds on what they may grow to.</summary>
public static class BodyEncoding
{
    /// <summary>The most that a body may unpack to, in bytes.</summary>
    public const int MaxDecodedBytes = 25 << 20;

    /// <summary>How many times its size a body may unpack to; the first <see cref="FreeBytes"/> are not counted.</summary>
    public const int MaxRatio = 100;

    /// <summary>Bytes that every body may unpack to, whatever the ratio.</summary>
    public const int FreeBytes = 64 << 10;

    /// <summary>The codings that are unpacked, for a sender that used another one.</summary>
    public const string Known = "gzip, deflate, br";

    private const int Chunk = 16 << 10;

    /// <summary>
    /// The framework takes gzip that ends early for whole, and there may be several members. So one more is set behind the body: it comes out again only
    /// if everything before it was whole.
    /// </summary>
    private static readonly byte[] EndMember = PackEnd();

    private static ReadOnlySpan<byte> End => [0x9e, 0x37, 0x79, 0xb9, 0x7f, 0x4a, 0x7c, 0x15];

    /// <summary>Whether there is something to unpack.</summary>
    public static bool IsEncoded(string? contentEncoding) => !string.IsNullOrEmpty(contentEncoding) && CodingOf(contentEncoding) is not Coding.Identity;

    /// <summary>Whether a Content-Encoding can be unpacked: one coding that is known, or none.</summary>
    public static bool IsKnown(string? contentEncoding) => CodingOf(contentEncoding) is not Coding.Unknown;

    /// <summary>Unpacks a body. Without a coding it is given as it is.</summary>
    public static BodyVerdict Decode(byte[] body, string? contentEncoding, out ReadOnlyMemory<byte> decoded)
    {
        decoded = default;
        var verdict = Measure(body, contentEncoding, MaxDecodedBytes, out var size);
        if (verdict == BodyVerdict.Readable)
        {
            decoded = Decode(body, contentEncoding, size);
        }

        return verdict;
    }

    /// <summary>Unpacks a body that <see cref="Measure"/> found to be readable.</summary>
    /// <param name="size">As measured.</param>
    public static ReadOnlyMemory<byte> Decode(byte[] body, string? contentEncoding, int size)
    {
        var coding = CodingOf(contentEncoding);
        if (coding == Coding.Identity || body.Length == 0)
        {
            return body;
        }

        var decoded = new byte[size];
        if (coding == Coding.Brotli)
        {
            BrotliDecoder.TryDecompress(body, decoded, out _);
            return decoded;
        }

        using var input = new PackedStream(body, coding == Coding.Gzip ? EndMember : default);
        using var inflater = Inflater(input, body, coding);
        inflater.ReadExactly(decoded);
        return decoded;
    }

    /// <summary>Whether a body can be unpacked, and to what size, without holding what it unpacks to.</summary>
    /// <param name="limit">The most it may unpack to, besides what holds for every body.</param>
    /// <param name="size">In bytes; 0 when it cannot be unpacked.</param>
    public static BodyVerdict Measure(byte[] body, string? contentEncoding, int limit, out int size)
    {
        size = body.Length;
        var coding = CodingOf(contentEncoding);
        if (coding == Coding.Identity || body.Length == 0)
        {
            return BodyVerdict.Readable;
        }

        var most = (int)Math.Min(Math.Min(limit, MaxDecodedBytes), Math.Max(FreeBytes, (long)MaxRatio * body.Length));
        var scratch = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            var verdict =
                coding == Coding.Unknown ? BodyVerdict.UnknownEncoding
                : coding == Coding.Brotli ? MeasureBrotli(body, scratch, most, out size)
                : MeasureInflated(body, coding, scratch, most, out size);
            size = verdict == BodyVerdict.Readable ? size : 0;
            return verdict;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static Coding CodingOf(string? contentEncoding) =>
        contentEncoding?.Trim().ToLowerInvariant() switch
        {
            null or "" or "identity" => Coding.Identity,
            "gzip" or "x-gzip" => Coding.Gzip,
            "deflate" => Coding.Deflate,
            "br" => Coding.Brotli,
            _ => Coding.Unknown,
        };

    private static BodyVerdict MeasureInflated(byte[] body, Coding coding, Span<byte> scratch, int most, out int size)
    {
        size = 0;
        using var input = new PackedStream(body, coding == Coding.Gzip ? EndMember : default);
        using var inflater = Inflater(input, body, coding);
        var end = coding == Coding.Gzip ? End : default;
        try
        {
            // What was read last stays before what comes next, so that the end is seen whole.
            for (int read, kept = 0; (read = inflater.Read(scratch[kept..])) > 0; )
            {
                size += read;
                if (size - end.Length > most)
                {
                    return BodyVerdict.InflatesTooMuch;
                }

                var filled = scratch[..(kept + read)];
                if (input.IsUsedUp && !end.IsEmpty && filled.EndsWith(end))
                {
                    size -= end.Length;
                    return BodyVerdict.Readable;
                }

                kept = Math.Min(end.Length, filled.Length);
                filled[^kept..].CopyTo(scratch);
            }
        }
        catch (InvalidDataException)
        {
            return BodyVerdict.Malformed;
        }

        return end.IsEmpty && !input.WasAskedForMore ? BodyVerdict.Readable : BodyVerdict.Malformed;
    }

    private static Stream Inflater(Stream input, ReadOnlySpan<byte> body, Coding coding) =>
        coding == Coding.Gzip ? new GZipStream(input, CompressionMode.Decompress)
        : HasZlibHeader(body) ? new ZLibStream(input, CompressionMode.Decompress)
        : new DeflateStream(input, CompressionMode.Decompress);

    private static BodyVerdict MeasureBrotli(ReadOnlySpan<byte> body, Span<byte> scratch, int most, out int size)
    {
        size = 0;
        using var decoder = default(BrotliDecoder);
        while (true)
        {
            var status = decoder.Decompress(body, scratch, out var consumed, out var written);
            body = body[consumed..];
            size += written;
            if (size > most)
            {
                return BodyVerdict.InflatesTooMuch;
            }

            if (status != OperationStatus.DestinationTooSmall)
            {
                return status == OperationStatus.Done && body.IsEmpty ? BodyVerdict.Readable : BodyVerdict.Malformed;
            }
        }
    }

    private static byte[] PackEnd()
    {
        var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Fastest))
        {
            packer.Write(End);
        }

        return packed.ToArray();
    }

    /// <summary>RFC 9110 means zlib by "deflate"; some send the bare format inside it.</summary>
    private static bool HasZlibHeader(ReadOnlySpan<byte> body) => body.Length > 2 && (body[0] & 0x0f) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;

    private enum Coding
    {
        Identity,
        Gzip,
        Deflate,
        Brotli,
        Unknown,
    }

    /// <summary>The body, and what is set behind it. Knows whether the reader wanted more than there is, as it does when compressed data has no end.</summary>
    private sealed class PackedStream(byte[] body, byte[]? behind) : MemoryStream(body, writable: false)
    {
        private int _given;

        public bool WasAskedForMore { get; private set; }

        public bool IsUsedUp => Position == Length && _given == (behind?.Length ?? 0);

        // Spans are read through this one too.
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            if (read == 0 && behind is not null)
            {
                read = Math.Min(count, behind.Length - _given);
                behind.AsSpan(_given, read).CopyTo(buffer.AsSpan(offset));
                _given += read;
            }

            WasAskedForMore |= read == 0;
            return read;
        }
    }
}

/// <summary>Whether a body can be unpacked.</summary>
public enum BodyVerdict
{
    /// <summary>Not what its coding says, or cut off; also the default.</summary>
    Malformed,

    Readable,

    /// <summary>Several codings, or one that is not known.</summary>
    UnknownEncoding,

    /// <summary>Beyond the bounds.</summary>
    InflatesTooMuch,

    /// <summary>Too much is unpacked at the moment.</summary>
    NoRoom,
}
