namespace Hub.Api.Tests.Workflows;

public sealed class WorkflowSchemaTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Schema_Served_NamesEveryStepType()
    {
        using var response = await CallAsync(HttpMethod.Get, "/api/v1/schema/workflow.json");
        Assert.Equal("application/schema+json", response.Content.Headers.ContentType?.MediaType);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", JsonDocument.Parse(text).RootElement.GetProperty("$schema").GetString());
        Assert.All(new[] { "if", "switch", "set", "delay", "log", "stop", "http.request", "slack.post_message" }, type =>
            Assert.Contains($"\"{type}\"", text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Connectors_Listed_DescribeTheirActions()
    {
        var connectors = await Hub.SendAsync(HttpMethod.Get, "/api/v1/connectors");
        var types = connectors
            .EnumerateArray()
            .SelectMany(connector => connector.GetProperty("actions").EnumerateArray())
            .Select(action => action.GetProperty("type").GetString());
        Assert.Contains("http.request", types);
        Assert.Contains("slack.post_message", types);
    }
}
