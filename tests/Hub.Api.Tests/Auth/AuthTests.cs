using System.Net.Http.Headers;

namespace Hub.Api.Tests.Auth;

public sealed class AuthTests(HubFixture fixture) : HubTest(fixture)
{
    public static TheoryData<string, string> Operations =>
        new()
        {
            { "GET", "/api/v1/sources" },
            { "POST", "/api/v1/sources" },
            { "GET", "/api/v1/workflows" },
            { "POST", "/api/v1/workflows" },
            { "GET", "/api/v1/executions" },
            { "GET", "/api/v1/dead-letters" },
            { "GET", "/api/v1/connectors" },
            { "GET", "/api/v1/credentials" },
            { "GET", $"/api/v1/deliveries/{Guid.Empty}/body" },
            { "GET", "/api/v1/schema/workflow.json" },
        };

    public static TheoryData<string, string> Foreign =>
        new()
        {
            { "GET", "sources/{0}" },
            { "DELETE", "sources/{0}" },
            { "GET", "workflows/{0}" },
            { "DELETE", "workflows/{0}" },
            { "POST", "workflows/{0}/activate" },
            { "POST", "workflows/{0}/deactivate" },
            { "POST", "workflows/{0}/execute" },
            { "GET", "executions/{0}" },
            { "POST", "executions/{0}/cancel" },
            { "POST", "executions/{0}/retry" },
            { "GET", "dead-letters/{0}" },
            { "POST", "dead-letters/{0}/replay" },
            { "GET", "deliveries/{0}" },
            { "GET", "deliveries/{0}/body" },
            { "DELETE", "credentials/{0}" },
        };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Api_NoKey_Is401(string method, string path)
    {
        using var response = await Hub.Web.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);
        AssertSays("No key was sent.", await ProblemAsync(response, 401, "unauthorized"));
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("Bearer", "wrong", "The key that was sent is not the admin key.")]
    [InlineData("Bearer", TestHub.AdminKey + "x", "The key that was sent is not the admin key.")]
    [InlineData("Bearer", "", "The header Authorization holds no key in the form 'Bearer <key>'.")]
    [InlineData("Basic", TestHub.AdminKey, "The header Authorization holds no key in the form 'Bearer <key>'.")]
    public async Task Api_WrongKey_Is401AndToldFromNone(string scheme, string key, string said)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sources");
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, key);
        using var response = await Hub.Web.SendAsync(request, Cancel);
        AssertSays(said, await ProblemAsync(response, 401, "unauthorized"));
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Api_UnknownId_Is404(string method, string path) =>
        await RefusedAsync(new HttpMethod(method), "/api/v1/" + string.Format(path, Guid.CreateVersion7()), null, 404, "not_found");

    [Theory]
    [InlineData("/api/v1/nothing", "There is nothing at /api/v1/nothing. All addresses are listed at /docs.")]
    [InlineData("/api/v1/nothing/abc", "There is nothing at /api/v1/nothing/abc. All addresses are listed at /docs.")]
    [InlineData("/webhooks/incoming/some-token/more", "There is nothing at this address. All addresses are listed at /docs.")]
    public async Task UnknownPath_Is404AndSaysWhatWasLookedFor(string path, string said)
    {
        var problem = await RefusedAsync(HttpMethod.Get, path, null, 404, "not_found");
        Assert.Equal(said, problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("GET", "/api/v1/workflows/abc")]
    [InlineData("POST", "/api/v1/workflows/abc/activate")]
    [InlineData("GET", "/api/v1/executions/abc")]
    [InlineData("DELETE", "/api/v1/sources/018f4c3e-0000-7000-8000-000000000001/secrets/abc")]
    [InlineData("GET", "/webhooks/status/abc")]
    public async Task Path_WithAMalformedId_Is404AndSaysHowIdsLook(string method, string path)
    {
        var problem = await RefusedAsync(new HttpMethod(method), path, null, 404, "id_malformed");
        Assert.Equal("'abc' is no id. Ids look like 0198c5a2-7b3e-7c00-8000-000000000001.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Api_WrongMethod_Is405AndSaysWhichAreTaken()
    {
        var problem = await RefusedAsync(HttpMethod.Patch, "/api/v1/sources", null, 405, "method_not_allowed");
        Assert.Equal("/api/v1/sources does not take PATCH. It takes GET, POST.", problem.GetProperty("detail").GetString());
    }

    private static void AssertSays(string sentence, JsonElement problem) =>
        Assert.StartsWith(sentence, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task AdminKey_WhileRunning_IsNotInTheLog()
    {
        await Hub.SendAsync(HttpMethod.Get, "/api/v1/sources");
        Assert.DoesNotContain(TestHub.AdminKey, Hub.Log.Text, StringComparison.Ordinal);
    }
}
