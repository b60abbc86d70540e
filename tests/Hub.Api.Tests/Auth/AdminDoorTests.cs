using System.Net.Http.Headers;

namespace Hub.Api.Tests.Auth;

/// <summary>A hub behind a proxy that it trusts, so that callers have addresses, with webhooks under another origin.</summary>
public sealed class AdminDoorTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _hub = await TestHub.StartAsync(
            ("Hub:TrustedProxies:0", "127.0.0.1"),
            ("Hub:PublicUrl", "https://hub.example.com"),
            ("Hub:WebhookUrl", "https://in.example.net/")
        );

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Guesses_FromOneAddress_AreNotListenedToAfterAWhile()
    {
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await CallAsync("wrong-guess-" + i, "203.0.113.7");
            Assert.Equal(401, (int)wrong.StatusCode);
        }

        foreach (var key in new[] { "wrong", TestHub.AdminKey })
        {
            using var refused = await CallAsync(key, "203.0.113.7");
            Assert.Equal(429, (int)refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 6);
            Assert.Contains("too_many_wrong_keys", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        using var right = await CallAsync(TestHub.AdminKey, "203.0.113.8");
        Assert.Equal(200, (int)right.StatusCode);
        Assert.Contains("A wrong admin key came from 203.0.113.7", _hub.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-guess", _hub.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bearers_OfSenders_AreNoGuesses()
    {
        var source = await _hub.AddSourceAsync();
        for (var i = 0; i < 15; i++)
        {
            await _hub.DeliverAsync(source, "{}"u8.ToArray(), "", ("Authorization", "Bearer of-the-sender"));
        }

        using var right = await CallAsync(TestHub.AdminKey, null);
        Assert.Equal(200, (int)right.StatusCode);
    }

    [Fact]
    public async Task WebhookUrl_IsWhereSendersCall()
    {
        var source = await _hub.AddSourceAsync();
        var shown = await _hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}");
        Assert.StartsWith("https://in.example.net/webhooks/incoming/", shown.GetProperty("url").GetString(), StringComparison.Ordinal);
        using var answer = await _hub.PostAsync(source, "{}"u8.ToArray());
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("\"https://in.example.net/webhooks/status/", text, StringComparison.Ordinal);
        var workflow = await _hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""");
        var started = await _hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/execute", "{}");
        Assert.Contains("https://hub.example.com/api/v1/executions/", started.ToString(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> CallAsync(string key, string? from)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sources");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (from is not null)
        {
            request.Headers.Add("X-Forwarded-For", from);
        }

        return _hub.Web.SendAsync(request, Cancel);
    }
}
