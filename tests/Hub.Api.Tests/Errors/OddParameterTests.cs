namespace Hub.Api.Tests.Errors;

/// <summary>Whatever is asked for, it is answered or refused, and never a fault of the hub.</summary>
public sealed class OddParameterTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("executions?flow=x", "'flow'", "workflowId")]
    [InlineData("executions?limit=5&stat=failed", "'stat'", "status")]
    [InlineData("deliveries?sources=x", "'sources'", "source, from, to")]
    [InlineData("deliveries/export?sources=x", "'sources'", "eventType")]
    [InlineData("workflows?names=x", "'names'", "name, status, source")]
    [InlineData("connectors?q=x", "'q'", "takes none")]
    public async Task Parameter_Unknown_Is400WithTheKnownOnes(string path, string named, string known)
    {
        var detail = (await RefusedAsync(HttpMethod.Get, "/api/v1/" + path, null, 400, "parameter_unknown")).GetProperty("detail").GetString();
        Assert.Contains(named, detail, StringComparison.Ordinal);
        Assert.Contains(known, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("database", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "executions?workflowId=7", "The parameter 'workflowId' cannot be '7'. Give an id")]
    [InlineData("GET", "executions?from=yesterday", "The parameter 'from' cannot be 'yesterday'. Give a time")]
    [InlineData("GET", "deliveries?cursor=7", "The parameter 'cursor' cannot be '7'. Give an id")]
    [InlineData("GET", "sources?limit=many", "The parameter 'limit' cannot be 'many'. Give a whole number")]
    [InlineData("POST", "sources", "The request needs a body.")]
    public async Task Request_ThatCannotBeBound_IsToldInPlainWords(string method, string path, string sentence)
    {
        using var response = await CallAsync(new HttpMethod(method), "/api/v1/" + path);
        Assert.StartsWith(sentence, (await ReadAsync(response, 400)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deliveries?key=%00")]
    [InlineData("deliveries?eventType=%00")]
    [InlineData("deliveries?source=%00")]
    [InlineData("deliveries?text=%00")]
    [InlineData("deliveries/export?key=a%00b")]
    [InlineData("deliveries?from=0001-01-01T00:00:00Z")]
    [InlineData("deliveries?to=9999-12-31T23:59:59.9Z")]
    [InlineData("ledger?to=0001-01-01T00:00:00Z")]
    [InlineData("ledger?to=9999-12-31T23:59:59.9Z&from=9999-12-31T00:00:00Z")]
    [InlineData("analytics/workflows?to=0001-01-01T00:00:00Z")]
    [InlineData("executions?from=0001-01-01T00:00:00%2B14:00")]
    [InlineData("executions?status=%00")]
    [InlineData("dead-letters?status=%00")]
    public async Task Parameter_ThatCannotBeMeant_Is400(string path)
    {
        using var response = await Hub.Api.GetAsync("/api/v1/" + path, Cancel);
        Assert.True((int)response.StatusCode == 400, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancel)}");
    }
}
