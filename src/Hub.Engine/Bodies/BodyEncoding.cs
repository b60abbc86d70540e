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

    private const int GzipFrame = 18;

    /// <summary>Whether there is something to unpack.</summary>
    public static bool IsEncoded(string? contentEncoding) => !string.IsNullOrEmpty(contentEncoding) && CodingOf(contentEncoding) is not Coding.Identity;

    /// <summary>Whether a Content-Encoding can be unpacked: one coding that is known, or none.</summary>
    public static bool IsKnown(string? contentEncoding) => CodingOf(contentEncoding) is not Coding.Unknown;

    /// <summary>Unpacks a body. Without a coding it is given as it is.</summary>
    public static BodyVerdict Decode(byte[] body, string? contentEncoding, out ReadOnlyMemory<byte> decoded)
    {
        decoded = body;
        var coding = CodingOf(contentEncoding);
        if (coding == Coding.Identity || body.Length == 0)
        {
            return BodyVerdict.Readable;
        }

        var most = (int)Math.Min(MaxDecodedBytes, Math.Max(FreeBytes, (long)MaxRatio * body.Length));
        var output = new ArrayBufferWriter<byte>(Math.Min(most, body.Length * 4));
        var verdict = coding switch
        {
            Coding.Unknown => BodyVerdict.UnknownEncoding,
            Coding.Brotli => DecodeBrotli(body, output, most),
            _ => Inflate(body, coding, output, most),
        };
        decoded = verdict == BodyVerdict.Readable ? output.WrittenMemory : default;
        return verdict;
    }

    private static Coding CodingOf(string? contentEncoding) => contentEncoding?.Trim().ToLowerInvariant() switch
    {
        null or "" or "identity" => Coding.Identity,
        "gzip" or "x-gzip" => Coding.Gzip,
        "deflate" => Coding.Deflate,
        "br" => Coding.Brotli,
        _ => Coding.Unknown,
    };

    private static BodyVerdict Inflate(byte[] body, Coding coding, ArrayBufferWriter<byte> output, int most)
    {
        using var input = new InputStream(body);
        using Stream inflater = coding == Coding.Gzip ? new GZipStream(input, CompressionMode.Decompress)
            : HasZlibHeader(body) ? new ZLibStream(input, CompressionMode.Decompress)
            : new DeflateStream(input, CompressionMode.Decompress);
        try
        {
            for (int read; (read = inflater.Read(output.GetSpan(4096))) > 0;)
            {
                output.Advance(read);
                if (output.WrittenCount > most)
                {
                    return BodyVerdict.InflatesTooMuch;
                }
            }
        }
        catch (InvalidDataException)
        {
            return BodyVerdict.Malformed;
        }

        // The framework takes a body that ends early for a whole one.
        var whole = coding == Coding.Gzip
            ? body.Length >= GzipFrame && BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(^4..)) == (uint)output.WrittenCount
            : !input.WasReadToItsEnd;
        return whole ? BodyVerdict.Readable : BodyVerdict.Malformed;
    }

    private static BodyVerdict DecodeBrotli(ReadOnlySpan<byte> body, ArrayBufferWriter<byte> output, int most)
    {
        using var decoder = default(BrotliDecoder);
        while (true)
        {
            var status = decoder.Decompress(body, output.GetSpan(4096), out var consumed, out var written);
            body = body[consumed..];
            output.Advance(written);
            if (output.WrittenCount > most)
            {
                return BodyVerdict.InflatesTooMuch;
            }

            if (status != OperationStatus.DestinationTooSmall)
            {
                return status == OperationStatus.Done && body.IsEmpty ? BodyVerdict.Readable : BodyVerdict.Malformed;
            }
        }
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

    /// <summary>Knows whether the reader wanted more than there is, as it does when the compressed data has no end.</summary>
    private sealed class InputStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public bool WasReadToItsEnd { get; private set; }

        // Spans are read through this one too.
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            WasReadToItsEnd |= read == 0;
            return read;
        }
    }
}

/// <summary>Whether a body can be unpacked.</summary>
public enum BodyVerdict
{
    Readable,

    /// <summary>Several codings, or one that is not known.</summary>
    UnknownEncoding,

    /// <summary>Not what its coding says, or cut off.</summary>
    Malformed,

    /// <summary>Beyond the bounds.</summary>
    InflatesTooMuch,
}
