using Hub.Connectors.Http;
using Hub.Connectors.Tests.StandIns;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Tests.Http;

public sealed class RedirectTests
{
    private const string Secret = "s3cr3t-value";

    [Theory]
    [InlineData(301, "POST", "GET")]
    [InlineData(302, "POST", "GET")]
    [InlineData(303, "PUT", "GET")]
    [InlineData(303, "HEAD", "HEAD")]
    [InlineData(302, "PUT", "PUT")]
    [InlineData(307, "POST", "POST")]
    [InlineData(308, "PATCH", "PATCH")]
    public async Task Redirect_Status_SetsMethod(int status, string method, string expected)
    {
        await using var server = await RedirectingAsync(status, "/there");
        using var hub = new TestHub();

        var result = await hub.Http.SendAsync(Request(method, server.Url), TestContext.Current.CancellationToken);

        Assert.Equal(200, result.Response?.Status);
        Assert.Equal(("/there", expected), (server.Requests[1].PathAndQuery, server.Requests[1].Method));
        Assert.Equal(expected == "GET" ? "" : "body", server.Requests[1].Text);
        Assert.Equal(expected == "GET", server.Requests[1].Header("Content-Type") is null);
    }

    [Fact]
    public async Task Redirect_SameOrigin_KeepsCredentials()
    {
        await using var server = await RedirectingAsync(307, "/there");
        using var hub = new TestHub();

        await hub.Http.SendAsync(Request("POST", server.Url), TestContext.Current.CancellationToken);

        Assert.Equal("Bearer x", server.Requests[1].Header("Authorization"));
        Assert.Equal(Secret, server.Requests[1].Header("X-Mine"));
    }

    [Fact]
    public async Task Redirect_OtherOrigin_DropsCredentials()
    {
        await using var other = await StandIn.AnsweringAsync("{}");
        await using var server = await RedirectingAsync(307, other.Url.AbsoluteUri);
        using var hub = new TestHub();

        await hub.Http.SendAsync(Request("POST", server.Url), TestContext.Current.CancellationToken);

        var sent = other.Single;
        Assert.Equal("body", sent.Text);
        Assert.Equal("kept", sent.Header("X-Plain"));
        Assert.All(["Authorization", "Cookie", "Proxy-Authorization", "X-Mine", "X-Api-Key", "X-Coded", "X-Functions-Key"], name =>
            Assert.Null(sent.Header(name))
        );
    }

    [Fact]
    public async Task Redirect_ThereAndBack_CredentialsStayDropped()
    {
        StandIn? first = null;
        await using var other = await StandIn.StartAsync(context => Redirect(context, 307, new Uri(first!.Url, "/there").AbsoluteUri));
        await using var server = first = await RedirectingAsync(307, other.Url.AbsoluteUri);
        using var hub = new TestHub();

        await hub.Http.SendAsync(Request("POST", server.Url), TestContext.Current.CancellationToken);

        Assert.Null(server.Requests[1].Header("Authorization"));
    }

    [Fact]
    public async Task Redirect_ToRefusedAddress_Refused()
    {
        await using var inner = await StandIn.AnsweringAsync("{}");
        await using var server = await RedirectingAsync(302, $"http://127.0.0.2:{inner.Url.Port}/");
        using var hub = new TestHub(("Hub:Outbound:AllowedNetworks:0", "127.0.0.1/32"));

        var result = await hub.GetAsync(server.Url);

        Assert.Equal("address_refused", result.Error?.Code);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    [InlineData("http://user:pass@127.0.0.1/")]
    public async Task Redirect_ToUnusableUrl_Invalid(string target)
    {
        await using var server = await RedirectingAsync(302, target);
        using var hub = new TestHub();

        Assert.Equal("invalid_url", (await hub.GetAsync(server.Url)).Error?.Code);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(0, 1)]
    public async Task Redirect_Endless_StopsAtLimit(int limit, int calls)
    {
        await using var server = await StandIn.StartAsync(context => Redirect(context, 302, "/again"));
        using var hub = new TestHub(("Hub:Outbound:MaxRedirects", limit.ToString()));

        var result = await hub.GetAsync(server.Url);

        Assert.Equal(("too_many_redirects", false), (result.Error?.Code, result.Error?.Retryable));
        Assert.Equal(calls, server.Requests.Count);
    }

    [Fact]
    public async Task Redirect_WithoutPlace_IsTheAnswer()
    {
        await using var server = await StandIn.AnsweringAsync("", 302);
        using var hub = new TestHub();

        Assert.Equal(302, (await hub.GetAsync(server.Url)).Response?.Status);
    }

    private static OutboundRequest Request(string method, Uri url) =>
        new(method, url)
        {
            Body = "body"u8.ToArray(),
            ContentType = "text/plain",
            Headers =
            [
                new("Authorization", "Bearer x"),
                new("Cookie", "a=b"),
                new("Proxy-Authorization", "Basic x"),
                new("X-Api-Key", "k"),
                new("X-Mine", Secret),
                new("X-Coded", Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Secret))),
                new("X-Functions-Key", "f"),
                new("X-Plain", "kept"),
            ],
            Secrets = [Secret],
            CredentialHosts = HostList.Of(url),
        };

    private static Task<StandIn> RedirectingAsync(int status, string to) =>
        StandIn.StartAsync(context => context.Request.Path == "/there" ? Task.CompletedTask : Redirect(context, status, to));

    private static Task Redirect(HttpContext context, int status, string to)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    }
}
