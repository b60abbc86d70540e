using System.Text.RegularExpressions;

namespace Hub.Api.Tests.Errors;

/// <summary>Whatever is asked for, it is answered or refused, and never an error of the hub.</summary>
public sealed class OddParameterTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("executions?flow=x", "'flow'", "workflowId")]
    [InlineData("executions?limit=5&stat=failed", "'stat'", "status")]
    [InlineData("deliveries?sources=x", "'sources'", "source, from, to")]
    [InlineData("deliveries/export?sources=x", "'sources'", "eventType")]
    [InlineData("workflows?names=x", "'names'", "name, status, source")]
    [InlineData("connectors?q=x", "'q'", "takes none")]
    [InlineData("schema/workflow.json?q=x", "'q'", "takes none")]
    public async Task Parameter_Unknown_Is400WithTheKnownOnes(string path, string named, string known)
    {
        var problem = await RefusedAsync(HttpMethod.Get, "/api/v1/" + path, null, 400, "parameter_unknown");
        Assert.Equal(named.Trim('\''), problem.GetProperty("parameter").GetString());
        var detail = problem.GetProperty("detail").GetString();
        Assert.Contains(named, detail, StringComparison.Ordinal);
        Assert.Contains(known, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("database", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("executions?workflwo=x", "Did you mean 'workflow'?")]
    [InlineData("deliveries?sources=x", "Did you mean 'source'?")]
    public async Task Parameter_Misspelt_IsToldWithTheNearest(string path, string advice)
    {
        var problem = await RefusedAsync(HttpMethod.Get, "/api/v1/" + path, null, 400, "parameter_unknown");
        Assert.Contains(advice, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deliveries?verdict=bad", "verdict_unknown", "verdict")]
    [InlineData("deliveries?outcome=bad", "outcome_unknown", "outcome")]
    [InlineData("deliveries?key=a%00b", "filter_invalid", "key")]
    [InlineData("deliveries?source=nobody", "source_unknown", "source")]
    [InlineData("executions?status=bad", "status_unknown", "status")]
    [InlineData("executions?workflow=nobody", "workflow_unknown", "workflow")]
    [InlineData("dead-letters?status=bad", "status_unknown", "status")]
    [InlineData("workflows?status=bad", "status_unknown", "status")]
    public async Task Filter_ThatMeansNothing_IsToldByItsName(string path, string code, string parameter) =>
        Assert.Equal(parameter, (await RefusedAsync(HttpMethod.Get, "/api/v1/" + path, null, 400, code)).GetProperty("parameter").GetString());

    [Theory]
    [InlineData("executions", "limit", 1, 200)]
    [InlineData("dead-letters", "limit", 1, 200)]
    [InlineData("deliveries", "limit", 1, 200)]
    [InlineData("deliveries/export", "limit", 1, 10_000)]
    [InlineData("workflows", "limit", 1, 200)]
    [InlineData("workflows", "offset", 0, int.MaxValue)]
    [InlineData("sources", "limit", 1, 200)]
    [InlineData("sources", "offset", 0, int.MaxValue)]
    [InlineData("credentials", "limit", 1, 200)]
    [InlineData("credentials", "offset", 0, int.MaxValue)]
    public async Task Number_OutOfItsRange_Is400WithTheRangeAndTheEndsAreTaken(string list, string parameter, int least, int most)
    {
        foreach (var value in new[] { "-5", "+5", " 5", "5 ", "1\0", $"{least - 1L}", $"{most + 1L}", "99999999999999999999", "x" })
        {
            var problem = await RefusedAsync(HttpMethod.Get, $"/api/v1/{list}?{parameter}={Uri.EscapeDataString(value)}", null, 400, "parameter_invalid");
            Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
            var range = most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
            Assert.Equal($"The parameter '{parameter}' cannot be '{value}'. Give a whole number {range}.", problem.GetProperty("detail").GetString());
        }

        foreach (var value in new[] { least, most })
        {
            using var taken = await CallAsync(HttpMethod.Get, $"/api/v1/{list}?{parameter}={value}");
            Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Cancel));
        }
    }

    [Theory]
    [InlineData("executions?workflow=a&workflow=b", "workflow")]
    [InlineData("executions?limit=1&limit=1", "limit")]
    [InlineData("deliveries?source=a&Source=a", "source")]
    [InlineData("dead-letters?workflowId=7&workflowId=8", "workflowId")]
    [InlineData("sources?name=a&name=b", "name")]
    [InlineData("ledger?from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z", "from")]
    public async Task Parameter_GivenTwice_Is400NamingIt(string path, string parameter)
    {
        var problem = await RefusedAsync(HttpMethod.Get, "/api/v1/" + path, null, 400, "parameter_repeated");
        Assert.Equal(
            (parameter, $"The parameter '{parameter}' is given 2 times. Give it once."),
            (problem.GetProperty("parameter").GetString(), problem.GetProperty("detail").GetString())
        );
    }

    [Fact]
    public async Task Parameter_UnknownToAnOperation_IsRefusedByEveryOneOfTheApi()
    {
        var paths = (await Hub.SendAsync(HttpMethod.Get, "/openapi/v1.json")).GetProperty("paths").EnumerateObject();
        var operations = paths
            .Where(path => path.Name.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Method: operation.Name, Path: path.Name)))
            .ToList();
        Assert.InRange(operations.Count, 40, 200);
        foreach (var (method, path) in operations)
        {
            var address =
                Regex.Replace(
                    path.Replace("{version}", "1", StringComparison.Ordinal),
                    @"\{\w+\}",
                    Guid.Empty.ToString(),
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                ) + "?nobody=knows";
            await RefusedAsync(new HttpMethod(method.ToUpperInvariant()), address, null, 400, "parameter_unknown");
        }
    }

    [Fact]
    public async Task Health_AskedWithWhatAMonitorAdds_Answers()
    {
        using var health = await Hub.Web.GetAsync("/health?_=1732700000", Cancel);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Theory]
    [InlineData("deliveries/replay", 1000)]
    [InlineData("dead-letters/replay", 10_000)]
    public async Task Limit_OfManyReplaysOutOfItsRange_Is400WithTheRange(string path, int most)
    {
        foreach (var limit in new[] { -1, 0, most + 1 })
        {
            var body = $$"""{ "filter": {}, "limit": {{limit}} }""";
            var problem = await RefusedAsync(HttpMethod.Post, $"/api/v1/{path}", body, 400, "limit_invalid");
            Assert.Equal("/limit", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
            Assert.Contains($"from 1 to {most}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET", "executions?workflowId=7", "The parameter 'workflowId' cannot be '7'. Give an id")]
    [InlineData("GET", "executions?from=yesterday", "The parameter 'from' cannot be 'yesterday'. Give a time")]
    [InlineData("GET", "deliveries?cursor=7", "The parameter 'cursor' cannot be '7'. Give an id")]
    [InlineData("GET", "sources?limit=many", "The parameter 'limit' cannot be 'many'. Give a whole number from 1 to 200.")]
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
