using System.Net.Http.Headers;

namespace Hub.Api.Tests.Webhooks;

public sealed class BodyLimitTests(HubFixture fixture) : HubTest(fixture)
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData(null, MiB, false, 202)]
    [InlineData(null, MiB + 1, false, 413)]
    [InlineData(null, MiB, true, 202)]
    [InlineData(null, MiB + 1, true, 413)]
    [InlineData(null, 4 * MiB, true, 413)]
    [InlineData(10, 10, false, 202)]
    [InlineData(10, 11, false, 413)]
    [InlineData(10, 11, true, 413)]
    [InlineData(25 * MiB, 25 * MiB, false, 202)]
    [InlineData(25 * MiB, 25 * MiB, true, 202)]
    [InlineData(25 * MiB, (25 * MiB) + 1, false, 413)]
    [InlineData(25 * MiB, (25 * MiB) + 1, true, 413)]
    public async Task Body_AroundTheLimit_IsTakenOrRefused(int? limit, int size, bool chunked, int status)
    {
        var source = await Hub.AddSourceAsync(bodyLimit: limit);
        var body = new byte[size];
        new Random(size).NextBytes(body);
        using var response = await PostAsync(source, body, chunked);
        if (status == 413)
        {
            await ProblemAsync(response, 413, "body_too_large");
            return;
        }

        Assert.Equal(status, (int)response.StatusCode);
        var id = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("deliveryId").GetGuid();
        var kept = await Hub.Api.GetByteArrayAsync($"/api/v1/deliveries/{id}/body", Cancel);
        Assert.True(body.AsSpan().SequenceEqual(kept));
    }

    [Fact]
    public async Task Body_OfFullSizeAndJson_RunsThroughAWorkflow()
    {
        var source = await Hub.AddSourceAsync(bodyLimit: 25 * MiB);
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"last":{"$path":"$.trigger.body.last"}}}]""", source);
        var json = $$"""{"filler":"{{new string('x', (25 * MiB) - 40)}}","last":"reached"}""";
        var id = await Hub.DeliverAsync(source, json);
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(id));
        Assert.Equal("reached", execution.Step("a").GetProperty("output").GetProperty("last").GetString());
    }

    private async Task<HttpResponseMessage> PostAsync(TestSource source, byte[] body, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/incoming/{source.Token}");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.TransferEncodingChunked = chunked;

        // The answer to a body that is too large comes before all of it is sent.
        request.Headers.ExpectContinue = true;
        return await Hub.Web.SendAsync(request, Cancel);
    }
}
