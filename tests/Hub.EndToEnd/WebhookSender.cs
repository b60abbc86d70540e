using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Hub.EndToEnd;

/// <summary>Posts signed, numbered webhooks at a steady pace from several connections and notes which were acknowledged.</summary>
internal sealed class WebhookSender(string url, string secret) : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentDictionary<int, string> _acknowledged = new();
    private int _numbers;

    /// <summary>Delivery ids by number, of those answered 202.</summary>
    public IReadOnlyDictionary<int, string> Acknowledged => _acknowledged;

    public int Sent => Volatile.Read(ref _numbers);

    /// <summary>Sends until cancelled: each of the senders one webhook every <paramref name="pace"/>, or when its last one was answered.</summary>
    public Task RunAsync(int senders, TimeSpan pace, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(_ => SendAsync(pace, cancellationToken)));

    /// <summary>Sends one; its answer's status, or null when there was no answer.</summary>
    public async Task<HttpStatusCode?> SendOneAsync()
    {
        var number = Interlocked.Increment(ref _numbers);
        var body = Encoding.UTF8.GetBytes($$"""{"n":{{number}},"priority":"{{(number % 2 == 0 ? "High" : "Low")}}"}""");
        using var request = SignedWebhook.Of(url, secret, body);
        try
        {
            using var response = await _client.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
                _acknowledged[number] = answer.RootElement.GetProperty("deliveryId").GetString()!;
            }

            return response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
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
}
