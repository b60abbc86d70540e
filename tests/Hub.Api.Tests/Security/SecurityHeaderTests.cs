namespace Hub.Api.Tests.Security;

/// <summary>What browsers are told, whatever the answer is.</summary>
public sealed class SecurityHeaderTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("GET", "/api/v1/sources", 200)]
    [InlineData("GET", "/api/v1/sources/00000000-0000-0000-0000-000000000000", 404)]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("PATCH", "/api/v1/sources", 405)]
    [InlineData("POST", "/api/v1/sources", 400)]
    [InlineData("GET", "/api/v1/executions?from=nonsense", 400)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/health", 200)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/docs/index.html", 200)]
    [InlineData("POST", "/webhooks/incoming/nothing", 404)]
    [InlineData("GET", "/webhooks/status/nothing", 404)]
    public async Task Answer_Any_TellsBrowsers(string method, string path, int status)
    {
        using var response = await Hub.Api.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(path.StartsWith("/webhooks", StringComparison.Ordinal), policy.StartsWith("sandbox;", StringComparison.Ordinal));
        Assert.Equal(path.StartsWith("/api", StringComparison.Ordinal), response.Headers.CacheControl?.NoStore == true);
    }

    [Theory]
    [InlineData("Content-Security-Policy")]
    [InlineData("content-security-policy-report-only")]
    [InlineData("Service-Worker-Allowed")]
    [InlineData("Clear-Site-Data")]
    [InlineData("Strict-Transport-Security")]
    [InlineData("Access-Control-Allow-Origin")]
    [InlineData("access-control-allow-credentials")]
    [InlineData("Cross-Origin-Resource-Policy")]
    [InlineData("Set-Cookie")]
    [InlineData("Alt-Svc")]
    [InlineData("NEL")]
    [InlineData("Refresh")]
    [InlineData("Speculation-Rules")]
    [InlineData("Permissions-Policy")]
    [InlineData("Attribution-Reporting-Register-Source")]
    [InlineData("WWW-Authenticate")]
    public async Task Respond_HeaderThatHoldsForThePages_IsRefusedWhenStoredAndWhenItRuns(string header)
    {
        await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/workflows",
            TestHub.Document($$"""[{"id":"r","type":"respond","with":{"headers":{"{{header}}":"x"} } }]"""),
            422,
            "workflow_invalid"
        );
        var execution = await Hub.RunAsync("""[{"id":"r","type":"respond","with":{"headers":{"$path":"$.trigger.body"}}}]""", $$"""{"{{header}}":"x"}""");
        Assert.Equal("failed", execution.Status());
        Assert.Contains("bad_response", execution.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"mode":"static","contentType":"text/html","body":"<script>alert(1)</script>"}""")]
    [InlineData("""{"mode":"step","waitSeconds":10}""")]
    [InlineData("""{"mode":"when_finished","waitSeconds":10}""")]
    public async Task WebhookAnswer_WhateverASourceSays_IsSandboxed(string respond)
    {
        var source = await AddSourceAsync($$"""  "signature":{"scheme":"none"},"respond":{{respond}}  """);
        await Hub.AddWorkflowAsync(
            """[{"id":"r","type":"respond","with":{"headers":{"Content-Type":"text/html"},"body":"<script>alert(1)</script>"}}]""",
            source
        );
        using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.StartsWith("sandbox; default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }
}
