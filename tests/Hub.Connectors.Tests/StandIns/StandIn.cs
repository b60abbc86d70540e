using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hub.Connectors.Tests.StandIns;

/// <summary>A small real server on loopback that keeps what it was sent and answers as told.</summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<SentRequest> requests = new();

    private StandIn(WebApplication app) => this.app = app;

    public Uri Url { get; private set; } = null!;

    public IReadOnlyList<SentRequest> Requests => [.. requests];

    public SentRequest Single => Assert.Single(requests);

    public static async Task<StandIn> StartAsync(RequestDelegate answer, Action<Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Listen(IPAddress.Loopback, 0, options => listen?.Invoke(options));
            });
        var standIn = new StandIn(builder.Build());
        standIn.app.Run(async context =>
        {
            standIn.requests.Enqueue(await SentRequest.ReadAsync(context.Request));
            await answer(context);
        });
        await standIn.app.StartAsync();
        standIn.Url = new Uri(standIn.app.Urls.Single());
        return standIn;
    }

    /// <summary>Answers with a JSON text.</summary>
    public static Task<StandIn> AnsweringAsync(string body, int status = 200, string contentType = "application/json") =>
        StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(body);
        });

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
