using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hub.TestSupport.StandIns;

/// <summary>
/// A small real server on loopback in a service's stead: keeps what it was sent, answers each path as told, and 200 with <c>{}</c> elsewhere.
/// </summary>
public sealed class StandIn : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<SentRequest> _requests = [];
    private readonly ConcurrentDictionary<string, Func<SentRequest, int, Task<StandInAnswer>>> _answers = new(StringComparer.Ordinal);
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StandIn(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    public static async Task<StandIn> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Limits.MaxRequestBodySize = null;
                kestrel.Listen(IPAddress.Loopback, 0);
            });
        var standIn = new StandIn(builder.Build());
        standIn._app.Run(standIn.TakeAsync);
        await standIn._app.StartAsync();
        standIn.Url = new Uri(standIn._app.Urls.Single());
        return standIn;
    }

    /// <summary>The address of a path.</summary>
    public string At(string path) => new Uri(Url, path).ToString();

    /// <summary>Answers a path by the request and by how many came to it before.</summary>
    public void On(string path, Func<SentRequest, int, Task<StandInAnswer>> answer) => _answers[path] = answer;

    public void On(string path, Func<SentRequest, int, StandInAnswer> answer) => On(path, (request, before) => Task.FromResult(answer(request, before)));

    /// <summary>Answers a path with these one after the other; the last one stays.</summary>
    public void On(string path, params StandInAnswer[] answers) => On(path, (_, before) => answers[Math.Min(before, answers.Length - 1)]);

    public IReadOnlyList<SentRequest> To(string path)
    {
        lock (_gate)
        {
            return [.. _requests.Where(request => request.Path == path)];
        }
    }

    /// <summary>Returns the requests to a path as soon as there are that many.</summary>
    /// <exception cref="TimeoutException">They did not come.</exception>
    public async Task<IReadOnlyList<SentRequest>> WaitForAsync(string path, int count, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        while (true)
        {
            Task next;
            lock (_gate)
            {
                next = _arrived.Task;
            }

            var sent = To(path);
            if (sent.Count >= count)
            {
                return sent;
            }

            try
            {
                await next.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"{count} requests to {path} were expected, {sent.Count} came.", late);
            }
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var request = await SentRequest.ReadAsync(context.Request);
        int before;
        TaskCompletionSource arrived;
        lock (_gate)
        {
            before = _requests.Count(earlier => earlier.Path == request.Path);
            _requests.Add(request);
            arrived = _arrived;
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        arrived.SetResult();
        var answer = _answers.TryGetValue(request.Path, out var script) ? await script(request, before) : StandInAnswer.Ok;
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = answer.RetryAfter;
        }

        foreach (var (name, value) in answer.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(answer.Body);
    }
}
