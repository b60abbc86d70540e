using System.Buffers;
using System.Buffers.Binary;
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

    /// <summary>What is taken first for one that does not say its size: that many times its own.</summary>
    private const int UsualRatio = 8;
    private const int LeastGuess = 4 << 10;

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
    public static BodyVerdict Decode(byte[] body, string? contentEncoding, out ReadOnlyMemory<byte> decoded) =>
        Decode(body, contentEncoding, MaxDecodedBytes, null, out decoded);

    /// <summary>The same within what there is room for. A body is gone through once, however it ends.</summary>
    /// <param name="limit">The most it may unpack to, besides what holds for every body.</param>
    /// <param name="hasRoom">Asked before memory is used whether there is room for so many bytes in all; null when there always is.</param>
    public static BodyVerdict Decode(byte[] body, string? contentEncoding, int limit, Func<long, bool>? hasRoom, out ReadOnlyMemory<byte> decoded)
    {
        decoded = body;
        var coding = CodingOf(contentEncoding);
        if (coding == Coding.Identity || body.Length == 0)
        {
            return BodyVerdict.Readable;
        }

        decoded = default;
        if (coding == Coding.Unknown)
        {
            return BodyVerdict.UnknownEncoding;
        }

        var most = (int)Math.Min(Math.Min(limit, MaxDecodedBytes), Math.Max(FreeBytes, (long)MaxRatio * body.Length));
        var end = coding == Coding.Gzip ? End.Length : 0;

        // One byte more than it may be tells that it is more.
        using var output = new UnpackedBytes(Math.Max(LeastGuess, (int)Math.Min(most, UsualRatio * (long)body.Length)), most + end + 1, hasRoom);
        if (coding == Coding.Gzip && SizeSaidBy(body) is var said && said <= most && !output.TryBegin((int)said + end))
        {
            return BodyVerdict.NoRoom;
        }

        var verdict = coding == Coding.Brotli ? DecodeBrotli(body, output, most) : Inflate(body, coding, output, most);
        return verdict != BodyVerdict.Readable || output.TryTake(output.Count - end, out decoded) ? verdict : BodyVerdict.NoRoom;
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

    /// <summary>gzip ends with the size of its last member, and has seldom more than one.</summary>
    private static uint SizeSaidBy(ReadOnlySpan<byte> gzip) =>
        gzip.Length > sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(gzip[^sizeof(uint)..]) : uint.MaxValue;

    private static BodyVerdict Inflate(byte[] body, Coding coding, UnpackedBytes output, int most)
    {
        using var input = new PackedStream(body, coding == Coding.Gzip ? EndMember : default);
        using var inflater = Inflater(input, body, coding);
        var end = coding == Coding.Gzip ? End : default;
        try
        {
            while (true)
            {
                if (!output.TryHaveRoom())
                {
                    return BodyVerdict.NoRoom;
                }

                var read = inflater.Read(output.Free);
                if (read == 0)
                {
                    return end.IsEmpty && !input.WasAskedForMore ? BodyVerdict.Readable : BodyVerdict.Malformed;
                }

                output.Advance(read);
                if (output.Count - end.Length > most)
                {
                    return BodyVerdict.InflatesTooMuch;
                }

                if (input.IsUsedUp && !end.IsEmpty && output.Written.EndsWith(end))
                {
                    return BodyVerdict.Readable;
                }
            }
        }
        catch (InvalidDataException)
        {
            return BodyVerdict.Malformed;
        }
    }

    private static Stream Inflater(Stream input, ReadOnlySpan<byte> body, Coding coding) =>
        coding == Coding.Gzip ? new GZipStream(input, CompressionMode.Decompress)
        : HasZlibHeader(body) ? new ZLibStream(input, CompressionMode.Decompress)
        : new DeflateStream(input, CompressionMode.Decompress);

    private static BodyVerdict DecodeBrotli(ReadOnlySpan<byte> body, UnpackedBytes output, int most)
    {
        using var decoder = default(BrotliDecoder);
        while (output.TryHaveRoom())
        {
            var status = decoder.Decompress(body, output.Free, out var consumed, out var written);
            body = body[consumed..];
            output.Advance(written);
            if (output.Count > most)
            {
                return BodyVerdict.InflatesTooMuch;
            }

            if (status != OperationStatus.DestinationTooSmall)
            {
                return status == OperationStatus.Done && body.IsEmpty ? BodyVerdict.Readable : BodyVerdict.Malformed;
            }
        }

        return BodyVerdict.NoRoom;
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
