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
        await ProblemAsync(response, 401, "unauthorized");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("Bearer", "wrong")]
    [InlineData("Bearer", TestHub.AdminKey + "x")]
    [InlineData("Bearer", "")]
    [InlineData("Basic", TestHub.AdminKey)]
    public async Task Api_WrongKey_Is401(string scheme, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sources");
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, key);
        using var response = await Hub.Web.SendAsync(request, Cancel);
        await ProblemAsync(response, 401, "unauthorized");
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Api_UnknownId_Is404(string method, string path) =>
        await RefusedAsync(new HttpMethod(method), "/api/v1/" + string.Format(path, Guid.CreateVersion7()), null, 404, "not_found");

    [Fact]
    public async Task Api_UnknownPath_Is404() => await RefusedAsync(HttpMethod.Get, "/api/v1/nothing", null, 404, "not_found");

    [Fact]
    public async Task Api_WrongMethod_Is405() => await RefusedAsync(HttpMethod.Patch, "/api/v1/sources", null, 405, "method_not_allowed");

    [Fact]
    public async Task AdminKey_WhileRunning_IsNotInTheLog()
    {
        await Hub.SendAsync(HttpMethod.Get, "/api/v1/sources");
        Assert.DoesNotContain(TestHub.AdminKey, Hub.Log.Text, StringComparison.Ordinal);
    }
}
