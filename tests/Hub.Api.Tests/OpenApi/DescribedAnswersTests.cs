namespace Hub.Api.Tests.OpenApi;

/// <summary>The tests' HTTP clients look at every answer; here they are shown answers that are not as described.</summary>
public sealed class DescribedAnswersTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("/api/v1/sources", 418, "{}", "does not describe. Add .ProducesProblem(418)")]
    [InlineData("/api/v1/sources", 200, """{"items":[],"count":0,"limit":50}""", "$ has no 'offset'")]
    [InlineData("/api/v1/sources", 200, """{"items":[{}],"count":0,"limit":50,"offset":0}""", "$.items[0] has no 'id'")]
    [InlineData("/api/v1/sources", 200, """{"items":[],"count":"0","limit":50,"offset":0}""", "$.count is String, described as integer")]
    [InlineData("/api/v1/sources", 200, """{"items":[],"count":0,"limit":50,"offset":0,"more":1}""", "$.more is not described")]
    [InlineData("/api/v1/credentials/0199a1b2-0000-7000-8000-000000000000", 404, "{}", null)]
    public async Task Answer_NotAsDescribed_FailsTheTestThatGotIt(string path, int status, string json, string? complaint)
    {
        using var client = new HttpClient(new DescribedAnswers(Hub.DescriptionAsync, new Answering(status, json))) { BaseAddress = Hub.Url };
        if (complaint is null)
        {
            // GET of one credential is no operation of the hub.
            using var response = await client.GetAsync(path, Cancel);
            Assert.Equal(status, (int)response.StatusCode);
            return;
        }

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetAsync(path, Cancel));
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    private sealed class Answering(int status, string json) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
    }
}
