using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.EndToEnd;

/// <summary>A called service whose answers are as large as they can be made: endless, packed, dense, deep.</summary>
internal sealed class HostileAnswers : IAsyncDisposable
{
    private static readonly byte[] Zeros = new byte[100_000];

    private readonly WebApplication _app;

    private HostileAnswers(WebApplication app) => _app = app;

    public static IReadOnlyList<string> Paths { get; } = ["/endless", "/packed", "/dense", "/deep"];

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<HostileAnswers> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/endless", WriteEndlesslyAsync);
        app.MapGet("/packed", WritePackedAsync);
        app.MapGet("/dense", (HttpContext context) => WriteAsync(context, $"[1{string.Concat(Enumerable.Repeat(",1", 1_900_000))}]"));
        app.MapGet("/deep", (HttpContext context) => WriteAsync(context, new string('[', 1_900_000) + new string(']', 1_900_000)));
        await app.StartAsync();
        return new HostileAnswers(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json));
    }

    private static async Task WriteEndlesslyAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(Zeros);
        }
    }

    private static async Task WritePackedAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.ContentEncoding = "gzip";
        await using var packer = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        for (var i = 0; i < 3000 && !context.RequestAborted.IsCancellationRequested; i++)
        {
            await packer.WriteAsync(Zeros);
        }
    }
}
