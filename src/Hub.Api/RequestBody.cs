using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Api;

/// <summary>Reads raw bodies up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>The server counts the frames of a chunked body too: at most five bytes around each byte, and some for the end.</summary>
    private const int ChunkFrame = 5;
    private const int ChunkEnd = 1024;

    private static readonly JsonReaderOptions JsonDepth = new() { MaxDepth = 256 };

    /// <summary>The body's bytes; null when there are more than <paramref name="limit"/>. No more than that is ever held.</summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpContext context, int limit)
    {
        var request = context.Request;
        if (request.ContentLength > limit)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = request.ContentLength is null ? ((limit + 1L) * (1 + ChunkFrame)) + ChunkEnd : limit;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > limit)
            {
                // Left unread, the rest would make the server cut the connection before the sender has seen the answer.
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>What is wrong with the bytes as JSON text, with its place; null when nothing is.</summary>
    public static string? JsonFault(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return "it is not UTF-8";
        }

        try
        {
            var reader = new Utf8JsonReader(body, JsonDepth);
            while (reader.Read())
            {
                // Only whether it can be read to its end matters.
            }

            return null;
        }
        catch (JsonException fault)
        {
            return $"line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}";
        }
    }
}
