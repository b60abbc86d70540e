namespace Hub.Api.Tests;

/// <summary>What tests against a running hub have in common.</summary>
public abstract class HubTest(HubFixture fixture) : IClassFixture<HubFixture>
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TestHub Hub => fixture.Hub;

    protected StandIn StandIn => fixture.StandIn;

    protected Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, string? json = null) =>
        Hub.Api.SendAsync(
            new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") },
            Cancel
        );

    /// <summary>A Source with settings, such as <c>"signature":{"scheme":"none"},"methods":["GET"]</c>.</summary>
    protected Task<TestSource> AddSourceAsync(string settings) => AddSourceAsync(Hub, settings);

    protected static async Task<TestSource> AddSourceAsync(TestHub hub, string settings)
    {
        var name = $"settings-{Guid.CreateVersion7():N}";
        var created = await hub.SendAsync(HttpMethod.Post, "/api/v1/sources", $$"""{"name":"{{name}}",{{settings}}}""");
        return new TestSource(created.GetProperty("id").GetGuid(), name, created.GetProperty("token").GetString()!);
    }

    /// <summary>Sends anything to a Source.</summary>
    protected async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        TestSource source,
        string query = "",
        HttpContent? content = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, $"/webhooks/incoming/{source.Token}{query}") { Content = content };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Hub.Web.SendAsync(request, Cancel);
    }

    protected static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    protected static async Task<JsonElement> ReadAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)response.StatusCode, $"{status} was expected, {(int)response.StatusCode} came: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    protected async Task<long> DeliveriesAsync(TestSource source) =>
        (long)(await Hub.AskAsync("SELECT count(*) FROM hub.deliveries WHERE source_id = $1", source.Id))!;

    /// <summary>Calls the API; the answer must be this problem.</summary>
    protected async Task<JsonElement> RefusedAsync(HttpMethod method, string path, string? json, int status, string code)
    {
        using var response = await CallAsync(method, path, json);
        return await ProblemAsync(response, status, code);
    }

    /// <summary>The answer is RFC 9457 problem details of this status and code, with a sentence.</summary>
    protected static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)response.StatusCode, $"{status} {code} was expected, {(int)response.StatusCode} came: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem;
    }
}
