namespace Hub.Api.Tests;

/// <summary>What tests against a running hub have in common.</summary>
public abstract class HubTest(HubFixture fixture) : IClassFixture<HubFixture>
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TestHub Hub => fixture.Hub;

    protected StandIn StandIn => fixture.StandIn;

    protected Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, string? json = null) =>
        Hub.Api.SendAsync(new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") }, Cancel);

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
