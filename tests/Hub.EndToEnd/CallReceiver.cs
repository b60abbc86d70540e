using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hub.EndToEnd;

/// <summary>The other side of the hub's calls: notes for every number it is sent, when, and under which idempotency key.</summary>
internal sealed class CallReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<int, ConcurrentQueue<Call>> _calls = new();
    private volatile Expectation? _expected;

    private CallReceiver(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>The calls by number, each in the order of arrival.</summary>
    public IReadOnlyDictionary<int, ConcurrentQueue<Call>> Calls => _calls;

    public static async Task<CallReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new CallReceiver(builder.Build());
        receiver._app.MapPost("/call", receiver.Take);
        await receiver._app.StartAsync();
        receiver.Address = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return receiver;
    }

    /// <summary>Returns when every one of the numbers has arrived.</summary>
    public async Task WaitForAllAsync(IReadOnlyCollection<int> numbers, TimeSpan limit)
    {
        var expected = new Expectation(numbers);
        _expected = expected;
        foreach (var number in _calls.Keys)
        {
            expected.Arrived(number);
        }

        try
        {
            await expected.Completed.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{expected.Missing} of {numbers.Count} acknowledged deliveries did not arrive within {limit}");
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Take(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        var number = body.RootElement.GetProperty("n").GetInt32();
        _calls.GetOrAdd(number, _ => new()).Enqueue(new Call(request.Headers["Idempotency-Key"].ToString(), Stopwatch.GetTimestamp()));
        _expected?.Arrived(number);
        return Results.Ok();
    }

    private sealed class Expectation(IEnumerable<int> numbers)
    {
        private readonly ConcurrentDictionary<int, bool> _missing = new(numbers.Select(number => KeyValuePair.Create(number, true)));
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Completed => _completed.Task;

        public int Missing => _missing.Count;

        public void Arrived(int number)
        {
            _missing.TryRemove(number, out _);
            if (_missing.IsEmpty)
            {
                _completed.TrySetResult();
            }
        }
    }
}

/// <summary>One call as it arrived.</summary>
internal sealed record Call(string IdempotencyKey, long ArrivedAt);
