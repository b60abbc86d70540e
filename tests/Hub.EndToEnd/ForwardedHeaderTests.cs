using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Hub.EndToEnd;

/// <summary>The framework's own switch for forwarded headers, as many container images set it, must not let a sender choose its address.</summary>
public sealed class ForwardedHeaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ForgedForwardedFor_WithTheFrameworksSwitchOn_DoesNotCount()
    {
        var database = await TestSupport.PostgresServer.CreateDatabaseAsync(Cancel);
        await using var hub = new HubProcess(("ConnectionStrings__Hub", database), ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"));
        await hub.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await SendForgedAsync(hub, "far", "203.0.113.7"));
        Assert.Equal(HttpStatusCode.Accepted, await SendForgedAsync(hub, "near", "127.0.0.1"));
    }

    /// <summary>A Source that lets in one address, asked by this machine in the name of 203.0.113.7.</summary>
    private static async Task<HttpStatusCode> SendForgedAsync(HubProcess hub, string name, string allowed)
    {
        using var created = await hub.Api.PostAsJsonAsync(
            "/api/v1/sources",
            new
            {
                name,
                signature = new { scheme = "none" },
                allowedAddresses = (string[])[allowed],
            },
            Cancel
        );
        var source = await created.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, source.GetProperty("url").GetString()) { Content = JsonContent.Create(new { }) };
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var answer = await hub.Api.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
