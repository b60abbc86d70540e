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
            Assert.Equal(
                (status, type, body),
                ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Cancel))
            );
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }

        Assert.Equal(1, await DeliveriesAsync(source));
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "636166E9")]
    [InlineData("text/plain; charset=utf-8", "636166C3A9")]
    [InlineData("text/plain", "636166C3A9")]
    [InlineData("application/json; charset=Shift_JIS", "82A082A2")]
    public async Task Static_Body_IsSentInTheCharsetOfItsType(string type, string bytes)
    {
        var body = type.Contains("JIS", StringComparison.Ordinal) ? "あい" : "café";
        var source = await AddSourceAsync($$"""  "signature":{"scheme":"none"},"respond":{"mode":"static","contentType":"{{type}}","body":"{{body}}"}  """);
        using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"));
        Assert.Equal(
            (type, bytes),
            (response.Content.Headers.ContentType!.ToString(), Convert.ToHexString(await response.Content.ReadAsByteArrayAsync(Cancel)))
        );
    }

    [Fact]
    public async Task AtOnce_IsTheUsual()
    {
        var source = await AddSourceAsync("\"signature\":{\"scheme\":\"none\"},\"respond\":{\"mode\":\"at_once\"}");
        using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"));
        var answer = await ReadAsync(response, 202);
        Assert.Equal(
            $"{Hub.Url.GetLeftPart(UriPartial.Authority)}/webhooks/status/{answer.GetProperty("deliveryId").GetGuid()}",
            answer.GetProperty("statusUrl").GetString()
        );
    }

    [Fact]
    public async Task WhenFinished_TellsTheOutcome()
    {
        var source = await WaitingAsync("when_finished");
        using (var idle = await SendAsync(HttpMethod.Post, source, "", Json("{}"), ("X-Id", "0")))
        {
            Assert.Equal("accepted", (await ReadAsync(idle, 200)).Status());
        }

        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        var failing = await Hub.AddWorkflowAsync("""[{"id":"a","type":"stop","with":{"outcome":"failed","reason":"no"}}]""", source);
        Guid delivery;
        using (var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"), ("X-Id", "1")))
        {
            var answer = await ReadAsync(response, 200);
            delivery = answer.GetProperty("deliveryId").GetGuid();
            Assert.Equal("failed", answer.Status());
            Assert.Equal(["completed", "failed"], answer.GetProperty("executions").EnumerateArray().Select(execution => execution.Status()));
        }

        using (var again = await SendAsync(HttpMethod.Post, source, "", Json("{}"), ("X-Id", "1")))
        {
            var answer = await ReadAsync(again, 200);
            Assert.Equal((delivery, true), (answer.GetProperty("deliveryId").GetGuid(), answer.GetProperty("duplicate").GetBoolean()));
        }

        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{failing}/deactivate");
        using var well = await SendAsync(HttpMethod.Post, source, "", Json("{}"), ("X-Id", "2"));
        Assert.Equal("completed", (await ReadAsync(well, 200)).Status());
        Assert.Equal(0, Hub.Get<Hub.Engine.Responses.ResponseWaiters>().Count);
    }

    [Theory]
    [InlineData("when_finished")]
    [InlineData("step")]
    public async Task Wait_TooLong_Is202(string mode)
    {
        var source = await WaitingAsync(mode);
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"delay","with":{"for":"1h"}}]""", source);
        using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"));
        Assert.True((await ReadAsync(response, 202)).TryGetProperty("statusUrl", out _));
    }

    [Fact]
    public async Task Step_AnswersAsItSays()
    {
        var source = await WaitingAsync("step");
        await Hub.AddWorkflowAsync(
            """
            [
              {"id":"r","type":"respond","with":{"status":418,"headers":{"X-Tea":"{{ trigger.body.tea }}"},"body":{"tea":{"$path":"$.trigger.body.tea"}}}},
              {"id":"rest","type":"delay","after":["r"],"with":{"for":"1h"}}
            ]
            """,
            source
        );
        using var response = await SendAsync(HttpMethod.Post, source, "", Json("""{"tea":"green"}"""));
        Assert.Equal("green", (await ReadAsync(response, 418)).GetProperty("tea").GetString());
        Assert.Equal(
            ("green", "sandbox", "application/json"),
            (
                response.Headers.GetValues("X-Tea").Single(),
                response.Headers.GetValues("Content-Security-Policy").Single().Split(';')[0],
                response.Content.Headers.ContentType?.MediaType
            )
        );
        Assert.Equal(1, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task Step_WithoutOne_TellsTheOutcome()
    {
        var source = await WaitingAsync("step");
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"));
        Assert.Equal("completed", (await ReadAsync(response, 200)).Status());
    }

    [Theory]
    [InlineData("""{"status":404}""", 404)]
    [InlineData("""{"status":204}""", 204)]
    [InlineData("{}", 200)]
    public async Task Step_WithoutABody_AnswersWithNone(string with, int status)
    {
        var source = await WaitingAsync("step");
        await Hub.AddWorkflowAsync($$"""[{"id":"r","type":"respond","with":{{with}} }]""", source);
        using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"));
        Assert.Equal((status, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)));
    }

    private Task<TestSource> WaitingAsync(string mode) =>
        AddSourceAsync($$"""  "signature":{"scheme":"none"},"dedupe":"header:X-Id","respond":{"mode":"{{mode}}","waitSeconds":4}  """);
}
