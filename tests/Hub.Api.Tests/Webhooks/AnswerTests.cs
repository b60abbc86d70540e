namespace Hub.Api.Tests.Webhooks;

/// <summary>A Source answers as it is set, and after the commit only.</summary>
public sealed class AnswerTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("""{"mode":"static"}""", 200, null, "")]
    [InlineData("""{"mode":"static","body":"ok"}""", 200, "text/plain", "ok")]
    [InlineData("""{"mode":"static","status":204}""", 204, null, "")]
    [InlineData("""{"mode":"static","status":201,"contentType":"application/json","body":"{\"ok\":true}"}""", 201, "application/json", """{"ok":true}""")]
    public async Task Static_IsTheSameForEveryDelivery(string respond, int status, string? type, string body)
    {
        var source = await AddSourceAsync($$"""  "signature":{"scheme":"none"},"dedupe":"header:X-Id","respond":{{respond}}  """);
        for (var i = 0; i < 2; i++)
        {
            using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"), ("X-Id", "1"));
            Assert.Equal((status, type, body), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Cancel)));
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }

        Assert.Equal(1, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task AtOnce_IsTheUsual()
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"none\"},\"respond\":{\"mode\":\"at_once\"}");
        using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"));
        var answer = await ReadAsync(response, 202);
        Assert.Equal($"{Hub.Url.GetLeftPart(UriPartial.Authority)}/webhooks/status/{answer.GetProperty("deliveryId").GetGuid()}", answer.GetProperty("statusUrl").GetString());
    }
}
