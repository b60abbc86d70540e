using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hub.LoadBench.Servers;

/// <summary>
/// The ceiling: Kestrel with no routing and no database. It reads the body, at /signed checks the same HMAC-SHA256 header as the
/// hub's github scheme, and answers 202 with a small JSON object. Runs in a process of its own, as the hub does.
/// </summary>
internal static class BareServer
{
    /// <summary>The first argument that makes this program the bare server; the port and the secret follow.</summary>
    public const string Verb = "serve-bare";

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $$"""{"deliveryId":"{{Guid.Empty}}","statusUrl":"http://127.0.0.1/webhooks/status/{{Guid.Empty}}"}"""
    );

    public static async Task ServeAsync(int port, string secret)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.Run(context => HandleAsync(context, key));
        await app.StartAsync();

        // The parent's end of the pipe closes when it ends, however it ends.
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static async Task HandleAsync(HttpContext context, byte[] key)
    {
        var body = await ReadAsync(context);
        var response = context.Response;
        if (context.Request.Path == "/signed" && !IsSigned(context.Request.Headers["X-Hub-Signature-256"].ToString(), key, body))
        {
            response.StatusCode = 401;
            return;
        }

        response.StatusCode = 202;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = Answer.Length;
        await response.BodyWriter.WriteAsync(Answer);
    }

    private static async ValueTask<byte[]> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool IsSigned(string header, byte[] key, byte[] body)
    {
        const string Prefix = "sha256=";
        Span<byte> expected = stackalloc byte[32];
        Span<byte> given = stackalloc byte[32];
        HMACSHA256.HashData(key, body, expected);
        return header.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.FromHexString(header.AsSpan(Prefix.Length), given, out _, out var written) == OperationStatus.Done
            && written == 32
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
