namespace Hub.Api.Tests.Credentials;

public sealed class CredentialTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Token = "xoxb-do-not-show-this-token-987654";

    public static TheoryData<string, string, string> Wrong =>
        new()
        {
            { """{"connector":"slack","fields":{"token":"xoxb-1234"}}""", "/name", "name_invalid" },
            { """{"name":"x","fields":{"token":"xoxb-1234"}}""", "/connector", "connector_unknown" },
            { """{"name":"x","connector":"slack","fields":{}}""", "/fields/token", "field_missing" },
            { """{"name":"x","connector":"slack","fields":{"token":"xoxb-1234","other":"y"}}""", "/fields/other", "field_unknown" },
            { """{"name":"x","connector":"slack","fields":{"token":"xoxb-1234\n"}}""", "/fields/token", "field_invalid" },
            { """{"name":"x","connector":"http"}""", "/fields", "fields_missing" },
        };

    [Fact]
    public async Task Credential_Stored_IsEncryptedAndNeverReturned()
    {
        var created = await Hub.SendAsync(HttpMethod.Post, "/api/v1/credentials", $$"""{"name":"kept","connector":"slack","fields":{"token":"{{Token}}"} }""");
        var list = await Hub.SendAsync(HttpMethod.Get, "/api/v1/credentials");
        Assert.Contains("kept", list.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, created + list.ToString() + Hub.Log.Text, StringComparison.Ordinal);
        var row = (string)(await Hub.AskAsync("SELECT c::text || encode(protected_fields, 'escape') FROM hub.credentials c WHERE name = 'kept'"))!;
        Assert.DoesNotContain(Token, row, StringComparison.Ordinal);
        await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/credentials",
            $$"""{"name":"kept","connector":"slack","fields":{"token":"{{Token}}"} }""",
            409,
            "credential_exists"
        );
        await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/credentials/{created.GetProperty("id").GetGuid()}");
        Assert.DoesNotContain("kept", (await Hub.SendAsync(HttpMethod.Get, "/api/v1/credentials")).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Credential_Faulty_IsRefusedWithThePlace(string json, string pointer, string code)
    {
        var problem = await RefusedAsync(HttpMethod.Post, "/api/v1/credentials", json, 400, "credential_invalid");
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Credential_FieldOfAnotherType_Is400() =>
        await RefusedAsync(HttpMethod.Post, "/api/v1/credentials", """{"name":"x","connector":"slack","fields":{"token":7}}""", 400, "invalid_json");

    [Fact]
    public async Task Credential_ValueInAError_IsNotEchoed()
    {
        var problem = await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/credentials",
            $$"""{"name":"","connector":"slack","fields":{"token":"{{Token}}\u0007"} }""",
            400,
            "credential_invalid"
        );
        Assert.DoesNotContain(Token, problem + Hub.Log.Text, StringComparison.Ordinal);
    }
}
