namespace Hub.Api.Tests.Workflows;

public sealed class WorkflowVersionTests(HubFixture fixture) : HubTest(fixture)
{
    private const string First = """[{"id":"a","type":"set","with":{"b":1,"a":"é"}}]""";
    private const string Second = """[{"id":"a","type":"set","with":{"b":2}}]""";

    [Fact]
    public async Task Versions_OfAChangedWorkflow_AreListedAndReadWithTheirDocuments()
    {
        var name = $"versioned {Guid.CreateVersion7()}";
        var workflow = await AddAsync(TestHub.Document(First, name: name));
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/activate");
        await Hub.SendAsync(HttpMethod.Put, $"/api/v1/workflows/{workflow}", TestHub.Document(Second, name: name));
        var list = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}/versions");
        Assert.Equal((2, 50, 0), (list.GetProperty("count").GetInt32(), list.GetProperty("limit").GetInt32(), list.GetProperty("offset").GetInt32()));
        Assert.Equal(
            [(2, true), (1, false)],
            list.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("version").GetInt32(), item.GetProperty("active").GetBoolean()))
        );
        var page = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}/versions?limit=1&offset=1");
        Assert.Equal(1, Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("version").GetInt32());
        Assert.Equal((First, false), await VersionAsync(workflow, 1));
        Assert.Equal((Second, true), await VersionAsync(workflow, 2));
        await RefusedAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}/versions/3", null, 404, "not_found");
        await RefusedAsync(HttpMethod.Get, $"/api/v1/workflows/{Guid.CreateVersion7()}/versions", null, 404, "not_found");
        await Hub.DeleteWorkflowAsync(workflow);
        Assert.Equal((Second, false), await VersionAsync(workflow, 2));
    }

    [Fact]
    public async Task Workflow_StoredAgainAsItIs_HasNoNewVersion()
    {
        var name = $"same {Guid.CreateVersion7()}";
        var document = TestHub.Document(First, name: name);
        var workflow = await AddAsync(document);
        var stored = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}");
        foreach (
            var same in new[] { document, document.Replace("\n", "\n  ", StringComparison.Ordinal), document.Replace("é", "\\u00E9", StringComparison.Ordinal) }
        )
        {
            var answer = await Hub.SendAsync(HttpMethod.Put, $"/api/v1/workflows/{workflow}", same);
            Assert.Equal(1, answer.GetProperty("version").GetInt32());
            Assert.Equal(stored.GetProperty("updatedAt").GetRawText(), answer.GetProperty("updatedAt").GetRawText());
        }

        var reordered = TestHub.Document("""[{"id":"a","type":"set","with":{"a":"é","b":1}}]""", name: name);
        Assert.Equal(2, (await Hub.SendAsync(HttpMethod.Put, $"/api/v1/workflows/{workflow}", reordered)).GetProperty("version").GetInt32());
    }

    private async Task<Guid> AddAsync(string document) => (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document)).GetProperty("id").GetGuid();

    private async Task<(string Steps, bool Active)> VersionAsync(Guid workflow, int version)
    {
        var found = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}/versions/{version}");
        Assert.Equal((workflow, version), (found.GetProperty("workflowId").GetGuid(), found.GetProperty("version").GetInt32()));
        return (found.GetProperty("definition").GetProperty("steps").GetRawText(), found.GetProperty("active").GetBoolean());
    }
}
