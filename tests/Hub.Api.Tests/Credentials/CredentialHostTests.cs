using Hub.Engine.Credentials;

namespace Hub.Api.Tests.Credentials;

/// <summary>A credential goes where its owner said, whoever sends a payload.</summary>
public sealed class CredentialHostTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Token = "a-token-that-stays-with-its-host";

    [Fact]
    public async Task HostFromThePayload_IsRefusedUntilTheCredentialNamesItsHosts()
    {
        var id = await AddCredentialAsync("payload", null);
        var steps = Steps("payload", "{{ trigger.body.u }}");
        var refused = await RefusedAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(steps), 422, "workflow_invalid");
        var error = Assert.Single(refused.GetProperty("errors").EnumerateArray());
        Assert.Equal(("/steps/0/credential", "credential_host_open"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));

        await Hub.SendAsync(HttpMethod.Put, $"/api/v1/credentials/{id}", $$"""{"fields":{"token":"{{Token}}","hosts":"127.0.0.1, *.example.com"} }""");
        var workflow = await Hub.AddWorkflowAsync(steps);
        var good = await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow, $$"""{"u":"{{StandIn.At("/payload-good")}}"}"""));
        Assert.Equal("completed", good.Status());
        Assert.Equal($"Bearer {Token}", Assert.Single(StandIn.To("/payload-good")).Header("Authorization"));

        var evil = await Hub.EndOfAsync(
            await Hub.ExecuteAsync(workflow, $$"""{"u":"{{StandIn.At("/payload-evil").Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal)}}"}""")
        );
        Assert.Equal("credential_host_refused", evil.GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(StandIn.To("/payload-evil"));
        Assert.DoesNotContain(Token, evil.ToString() + Hub.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostThatIsWrittenOut_NeedsNoHosts()
    {
        await AddCredentialAsync("written", null);
        var workflow = await Hub.AddWorkflowAsync(Steps("written", StandIn.At("/written/") + "{{ trigger.body.id }}"));
        Assert.Equal("completed", (await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow, """{"id":"@evil.example"}"""))).Status());
        Assert.Equal($"Bearer {Token}", Assert.Single(StandIn.To("/written/@evil.example")).Header("Authorization"));
    }

    [Fact]
    public async Task HostThatIsWrittenOut_OtherThanTheCredentials_IsRefused()
    {
        await AddCredentialAsync("other", "api.example.com");
        var refused = await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/workflows",
            TestHub.Document(Steps("other", "https://api.example.org/x")),
            422,
            "workflow_invalid"
        );
        Assert.Equal("credential_host_refused", refused.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Activation_OfAWorkflowStoredBeforeItsCredential_IsRefusedToo()
    {
        var created = await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(Steps("late", "https://{{ trigger.body.h }}/")));
        await AddCredentialAsync("late", null);
        var path = $"/api/v1/workflows/{created.GetProperty("id").GetGuid()}/activate";
        await RefusedAsync(HttpMethod.Post, path, null, 409, "credential_host_open");
        await Hub.AskAsync("DELETE FROM hub.credentials WHERE name = 'late'");
        Hub.Get<CredentialStore>().Invalidate();
        await AddCredentialAsync("late", "*.example.com");
        await Hub.SendAsync(HttpMethod.Post, path);
    }

    [Fact]
    public async Task HostFromThePayload_InAWorkflowThatIsActiveAlready_IsRefusedWhenItRuns()
    {
        await AddCredentialAsync("before", "127.0.0.1");
        var workflow = await Hub.AddWorkflowAsync(Steps("before", "{{ trigger.body.u }}"));
        await Hub.AskAsync("DELETE FROM hub.credentials WHERE name = 'before'");
        Hub.Get<CredentialStore>().Invalidate();
        await AddCredentialAsync("before", null);
        var execution = await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow, $$"""{"u":"{{StandIn.At("/before")}}"}"""));
        Assert.Equal("credential_host_refused", execution.GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(StandIn.To("/before"));
    }

    [Theory]
    [InlineData("https://api.example.com")]
    [InlineData("*")]
    public async Task Hosts_Malformed_AreRefusedWithThePlace(string hosts)
    {
        var problem = await RefusedAsync(HttpMethod.Post, "/api/v1/credentials", Credential("malformed", hosts), 400, "credential_invalid");
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(("/fields/hosts", "hosts_invalid"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task TheHubItself_IsNotCalledWhateverIsAllowed()
    {
        var execution = await Hub.RunAsync($$"""[{ "id": "call", "type": "http.request", "with": { "url": "{{Hub.Url}}health" } }]""");
        var error = execution.GetProperty("error");
        Assert.Equal("address_refused", error.GetProperty("code").GetString());
        Assert.Contains("this hub or its database", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("AllowedNetworks", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static string Steps(string credential, string url) =>
        $$"""[{ "id": "call", "type": "http.request", "credential": "{{credential}}", "with": { "url": "{{url}}" } }]""";

    private static string Credential(string name, string? hosts) =>
        JsonSerializer.Serialize(
            new
            {
                name,
                connector = "http",
                fields = hosts is null ? new Dictionary<string, string> { ["token"] = Token } : new() { ["token"] = Token, ["hosts"] = hosts },
            }
        );

    private async Task<Guid> AddCredentialAsync(string name, string? hosts) =>
        (await Hub.SendAsync(HttpMethod.Post, "/api/v1/credentials", Credential(name, hosts))).GetProperty("id").GetGuid();
}
