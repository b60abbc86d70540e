namespace Hub.Api.Tests.Credentials;

/// <summary>A credential that a workflow names is there as long as the workflow is active.</summary>
public sealed class CredentialUseTests(HubFixture fixture) : HubTest(fixture)
{
    private const string First = "the-first-token-of-the-service";
    private const string Second = "the-second-token-of-the-service";

    [Fact]
    public async Task Workflow_WhoseCredentialIsMissing_IsStoredWithAWarningAndNotActivated()
    {
        await AddAsync("team-service");
        var created = await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(Steps("team-servce")));
        var warning = Assert.Single(created.GetProperty("warnings").EnumerateArray());
        Assert.Equal(("credential_missing", "/steps/0/credential"), (warning.GetProperty("code").GetString(), warning.GetProperty("pointer").GetString()));
        Assert.Contains("'team-service'", warning.GetProperty("remedy").GetString(), StringComparison.Ordinal);

        var path = $"/api/v1/workflows/{created.GetProperty("id").GetGuid()}/activate";
        var refused = await RefusedAsync(HttpMethod.Post, path, null, 409, "credential_missing");
        Assert.Contains("Did you mean 'team-service'?", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await AddAsync("team-servce");
        await Hub.SendAsync(HttpMethod.Post, path);
    }

    [Fact]
    public async Task Workflow_WhoseCredentialIsForAnotherConnector_IsNotActivated()
    {
        await AddAsync("of-http");
        var created = await Hub.SendAsync(
            HttpMethod.Post,
            "/api/v1/workflows",
            TestHub.Document("""[{ "id": "post", "type": "slack.post_message", "credential": "of-http", "with": { "channel": "#a", "text": "x" } }]""")
        );
        await RefusedAsync(HttpMethod.Post, $"/api/v1/workflows/{created.GetProperty("id").GetGuid()}/activate", null, 409, "credential_missing");
    }

    [Fact]
    public async Task Version_WhoseCredentialIsMissing_DoesNotReplaceAnActiveOne()
    {
        await AddAsync("kept");
        var workflow = await Hub.AddWorkflowAsync(Steps("kept"));
        await RefusedAsync(HttpMethod.Put, $"/api/v1/workflows/{workflow}", TestHub.Document(Steps("not-there")), 409, "credential_missing");
        Assert.Equal(1, (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows/{workflow}")).GetProperty("version").GetInt32());
        Assert.Equal("completed", (await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow))).Status());
    }

    [Fact]
    public async Task Credential_InUse_IsNotDeletedAndSaysWhere()
    {
        var id = await AddAsync("used");
        var workflow = await Hub.AddWorkflowAsync(Steps("used"));
        await Hub.AddWorkflowAsync("""[{ "id": "a", "type": "set", "with": { "credential": "used" } }]""");
        var refused = await RefusedAsync(HttpMethod.Delete, $"/api/v1/credentials/{id}", null, 409, "credential_in_use");
        var user = Assert.Single(refused.GetProperty("usedBy").EnumerateArray());
        Assert.Equal((workflow, "call"), (user.GetProperty("workflowId").GetGuid(), user.GetProperty("steps")[0].GetString()));
        Assert.StartsWith("Test ", user.GetProperty("workflow").GetString(), StringComparison.Ordinal);
        Assert.Contains("'Test ", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/deactivate");
        await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/credentials/{id}");
        await RefusedAsync(HttpMethod.Delete, $"/api/v1/credentials/{id}", null, 404, "not_found");
    }

    [Fact]
    public async Task Credential_Changed_IsSentFromTheNextCallOn()
    {
        var id = await AddAsync("rotated");
        var workflow = await Hub.AddWorkflowAsync(Steps("rotated", "/rotated"));
        await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow));
        var changed = await Hub.SendAsync(
            HttpMethod.Put,
            $"/api/v1/credentials/{id}",
            $$"""{"name":"rotated","connector":"http","fields":{"token":"{{Second}}"} }"""
        );
        Assert.Equal("rotated", changed.GetProperty("name").GetString());
        Assert.True(changed.GetProperty("updatedAt").GetDateTimeOffset() > changed.GetProperty("createdAt").GetDateTimeOffset());
        await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow));
        Assert.Equal([$"Bearer {First}", $"Bearer {Second}"], StandIn.To("/rotated").Select(request => request.Header("Authorization")));
        Assert.DoesNotContain("-token-of-the-service", changed + Hub.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"other","fields":{"token":"abcd"}}""", "name_fixed")]
    [InlineData("""{"connector":"slack","fields":{"token":"abcd"}}""", "connector_fixed")]
    [InlineData("""{"fields":{"token":"abcd","username":"x"}}""", "fields_invalid")]
    [InlineData("""{"fields":{}}""", "fields_missing")]
    [InlineData("{}", "fields_missing")]
    public async Task Credential_ChangedBadly_StaysAsItIs(string json, string code)
    {
        var id = await AddAsync($"stays-{Guid.CreateVersion7():N}");
        var refused = await RefusedAsync(HttpMethod.Put, $"/api/v1/credentials/{id}", json, 400, "credential_invalid");
        Assert.Equal(code, Assert.Single(refused.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
        await RefusedAsync(HttpMethod.Put, $"/api/v1/credentials/{Guid.CreateVersion7()}", json, 404, "not_found");
    }

    private string Steps(string credential, string path = "/used") =>
        $$"""[{ "id": "call", "type": "http.request", "credential": "{{credential}}", "with": { "url": "{{StandIn.At(path)}}" } }]""";

    private async Task<Guid> AddAsync(string name) =>
        (await Hub.SendAsync(HttpMethod.Post, "/api/v1/credentials", $$"""{"name":"{{name}}","connector":"http","fields":{"token":"{{First}}"} }"""))
            .GetProperty("id")
            .GetGuid();
}
