using Hub.Connectors.Tests.StandIns;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.BuiltIn.Http;

/// <summary>What a credential adds to a call, and to whom it goes.</summary>
public sealed class HttpCredentialTests : IDisposable
{
    private readonly TestHub hub = new();

    [Theory]
    [InlineData("{ \"token\": \"tok-123\" }", "Authorization", "Bearer tok-123")]
    [InlineData("{ \"headerName\": \"X-Key\", \"headerValue\": \"val-123\" }", "X-Key", "val-123")]
    public async Task Credential_Field_Sent(string credential, string header, string expected)
    {
        await using var server = await StandIn.AnsweringAsync("{}");

        await hub.RunAsync("http.request", $$"""{ "url": "{{server.Url}}", "headers": { "{{header}}": "of the step" } }""", Fields(credential));

        Assert.Equal(expected, server.Single.Header(header));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("api.example.com, 127.0.0.1", true)]
    [InlineData("127.0.0.1:1", false)]
    [InlineData("api.example.com", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Credential_HostFromOutside_SentToItsHostsOnly(string? hosts, bool sent)
    {
        await using var server = await StandIn.AnsweringAsync("{}");
        foreach (var secret in (string[])["token", "username"])
        {
            var credential = new Dictionary<string, string> { [secret] = "sk_live_0123456789" };
            if (hosts is not null)
            {
                credential["hosts"] = hosts;
            }

            var result = await hub.RunAsync("http.request", $$"""{ "url": "{{server.Url}}" }""", credential, hostIsWrittenOut: false);
            Assert.Equal(sent ? (null, null) : ("credential_host_refused", false), (result.Error?.Code, result.Error?.Retryable));
        }

        Assert.Equal(sent ? 2 : 0, server.Requests.Count);
    }

    [Fact]
    public async Task Credential_WithHosts_IsNotSentElsewhereEvenWhereTheHostIsWrittenOut()
    {
        await using var server = await StandIn.AnsweringAsync("{}");
        var result = await hub.RunAsync("http.request", $$"""{ "url": "{{server.Url}}" }""", Fields("""{ "token": "tok-123", "hosts": "*.example.com" }"""));
        Assert.Equal("credential_host_refused", result.Error?.Code);
        Assert.Contains("*.example.com", result.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Credential_Redirected_StaysBehindAtAnotherHost()
    {
        await using var other = await StandIn.AnsweringAsync("{}");
        await using var server = await StandIn.StartAsync(context =>
        {
            context.Response.Redirect(other.Url.AbsoluteUri, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        var credential = Fields("""{ "token": "tok-123", "headerName": "X-Mine", "headerValue": "v", "hosts": "127.0.0.1" }""");
        await hub.RunAsync("http.request", $$"""{ "url": "{{server.Url}}" }""", credential, hostIsWrittenOut: false);
        Assert.Equal(("Bearer tok-123", "v"), (server.Single.Header("Authorization"), server.Single.Header("X-Mine")));
        Assert.Equal((null, null), (other.Single.Header("Authorization"), other.Single.Header("X-Mine")));
    }

    [Theory]
    [InlineData("{ \"token\": \"tok-123\", \"username\": \"u\" }")]
    [InlineData("{ \"token\": \"tok-123\", \"hosts\": \"https://api.example.com\" }")]
    [InlineData("{ \"token\": \"tok\\r\\n123\" }")]
    [InlineData("{ \"headerName\": \"X-Key\" }")]
    [InlineData("{ \"headerName\": \"Host\", \"headerValue\": \"x\" }")]
    [InlineData("{ \"username\": \"a:b\", \"password\": \"x\" }")]
    public async Task Credential_Unusable_Refused(string credential)
    {
        var result = await hub.RunAsync("http.request", """{ "url": "http://127.0.0.1:9/" }""", Fields(credential));

        Assert.Equal("invalid_credential", result.Error?.Code);
    }

    public void Dispose() => hub.Dispose();

    private static Dictionary<string, string> Fields(string json) => TestHub.Json(json).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
}
