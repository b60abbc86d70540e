using System.IO.Compression;

namespace Hub.Signatures.Doctor;

/// <summary>Compressed bodies, told by their first bytes or by their header.</summary>
internal static class BodyCompression
{
    private const int MaxBytes = 4 << 20;

    /// <summary>What the body looks compressed with, or null.</summary>
    public static string? Kind(SignedRequest request) =>
        request.Body.Span switch
        {
            [0x1f, 0x8b, ..] => "gzip",
            [0x78, 0x01 or 0x5e or 0x9c or 0xda, ..] => "zlib",
            [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
            { IsEmpty: false } when request.Headers.ContentEncoding.ToString() == "br" => "br",
            _ => null,
        };

    public static IEnumerable<(string What, ReadOnlyMemory<byte> Body)> Of(SignedRequest request)
    {
        if (Kind(request) is { } kind && Open(kind, request.Body) is { } body)
        {
            yield return (kind, body);
        }
    }

    private static byte[]? Open(string kind, ReadOnlyMemory<byte> body)
    {
        using var source = new MemoryStream(body.ToArray());
        using Stream? opened = kind switch
        {
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            "zlib" => new ZLibStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            _ => null,
        };
        if (opened is null)
        {
            return null;
        }

        try
        {
            var plain = new byte[MaxBytes];
            var length = opened.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false);
            return length < MaxBytes ? plain[..length] : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
