using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Hub.EndToEnd;

/// <summary>Posts good and bad webhooks to one Source and keeps books of how each was answered.</summary>
/// <param name="kinds">What is sent; each as often as it is named.</param>
internal sealed class MixedTraffic(TestSource source, Random random, params WebhookKind[] kinds) : IDisposable
{
    /// <summary>How far back the repeated ones lie: some are still under way.</summary>
    private const int Recent = 40;

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentDictionary<string, int> _acknowledged = new();
    private readonly ConcurrentDictionary<string, bool> _aside = new();
    private readonly ConcurrentDictionary<int, int> _answers = new();
    private int _numbers;
    private int _maybeKept;

    public TestSource Source => source;

    /// <summary>The numbers of those answered 202, by delivery id.</summary>
    public IReadOnlyDictionary<string, int> Acknowledged => _acknowledged;

    /// <summary>The ids under which refused ones were said to be kept aside.</summary>
    public IReadOnlyCollection<string> Aside => (IReadOnlyCollection<string>)_aside.Keys;

    /// <summary>Good ones whose sender does not know: sent and not answered, or answered 503.</summary>
    public int MaybeKept => _maybeKept;

    /// <summary>How often each status was answered; 0 stands for no answer.</summary>
    public IReadOnlyDictionary<int, int> Answers => _answers;

    /// <summary>Whether the workflow with the filter wants this one.</summary>
    public static bool IsWanted(int number) => number % 2 == 0;

    /// <summary>Sends until cancelled: each of the senders one webhook every <paramref name="pace"/>, or when its last one was answered.</summary>
    public Task RunAsync(int senders, TimeSpan pace, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(_ => SendAsync(pace, cancellationToken)));

    public async Task SendOneAsync()
    {
        WebhookKind kind;
        int number;
        lock (random)
        {
            kind = kinds[random.Next(kinds.Length)];
            number = kind == WebhookKind.Repeated && _numbers > 0 ? Math.Max(1, _numbers - random.Next(Recent)) : ++_numbers;
        }

        using var request = Compose(kind, number);
        try
        {
            using var response = await _client.SendAsync(request);
            _answers.AddOrUpdate((int)response.StatusCode, 1, static (_, count) => count + 1);
            await NoteAsync(response, kind, number);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            _answers.AddOrUpdate(0, 1, static (_, count) => count + 1);
            if (exception is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
            {
                NoteUnknown(kind);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(TimeSpan pace, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(pace);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await SendOneAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private HttpRequestMessage Compose(WebhookKind kind, int number)
    {
        var padding = kind == WebhookKind.TooLarge ? new string('x', 4096) : "";
        var body = Encoding.UTF8.GetBytes($$"""{"n":{{number}},"wanted":{{(IsWanted(number) ? "true" : "false")}},"padding":"{{padding}}"}""");
        var request = SignedWebhook.Of(source.Url, kind == WebhookKind.BadSignature ? "not the secret" : source.Secret, body, $"{source.Name}-{number}");
        request.Method = kind == WebhookKind.UnknownMethod ? HttpMethod.Put : HttpMethod.Post;
        return request;
    }

    private async Task NoteAsync(HttpResponseMessage response, WebhookKind kind, int number)
    {
        if (response.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.Unauthorized))
        {
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                NoteUnknown(kind);
            }

            return;
        }

        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            Assert.True(
                _acknowledged.TryAdd(answer.RootElement.GetProperty("deliveryId").GetString()!, number),
                "one delivery was acknowledged to two senders"
            );
        }
        else if (answer.RootElement.TryGetProperty("deliveryId", out var aside))
        {
            _aside[aside.GetString()!] = true;
        }
    }

    private void NoteUnknown(WebhookKind kind)
    {
        if (kind is WebhookKind.Good or WebhookKind.Repeated)
        {
            Interlocked.Increment(ref _maybeKept);
        }
    }
}

/// <summary>What a sender may post.</summary>
internal enum WebhookKind
{
    Good,

    /// <summary>One that was sent before, under the same id of its provider.</summary>
    Repeated,
    BadSignature,
    TooLarge,
    UnknownMethod,
}
