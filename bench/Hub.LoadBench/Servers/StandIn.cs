using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hub.LoadBench.Servers;

/// <summary>The service that workflows call: reads the body, answers 200, and counts calls and different idempotency keys.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes("""{"ok":true}""");

    private readonly WebApplication _app;
    private ConcurrentDictionary<string, byte> _keys = new(StringComparer.Ordinal);
    private int _calls;
    private long _lastCallAt;

    private StandIn(IPEndPoint address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address));
        _app = builder.Build();
        _app.Run(HandleAsync);
        Url = $"http://{address}/calls";
    }

    public string Url { get; }

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Executions that called, each counted once.</summary>
    public int Callers => _keys.Count;

    /// <summary>A timestamp of <see cref="Stopwatch"/>.</summary>
    public long LastCallAt => Volatile.Read(ref _lastCallAt);

    public static async Task<StandIn> StartAsync()
    {
        var standIn = new StandIn(ServerProcess.FreeAddress());
        await standIn._app.StartAsync();
        return standIn;
    }

    public void Reset()
    {
        _keys = new(StringComparer.Ordinal);
        Volatile.Write(ref _calls, 0);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        _keys.TryAdd(context.Request.Headers["Idempotency-Key"].ToString(), 0);
        Interlocked.Increment(ref _calls);
        Volatile.Write(ref _lastCallAt, Stopwatch.GetTimestamp());
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        await context.Response.BodyWriter.WriteAsync(Answer);
    }
}
