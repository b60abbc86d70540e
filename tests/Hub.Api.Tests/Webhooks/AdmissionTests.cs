using Hub.Engine.Intake;

namespace Hub.Api.Tests.Webhooks;

/// <summary>What a Source asks of requests besides their signature.</summary>
public sealed class AdmissionTests(HubFixture fixture) : HubTest(fixture)
{
    private const string None = "\"signature\":{\"scheme\":\"none\"}";

    [Fact]
    public async Task Method_NotAllowed_Is405WithAllow()
    {
        var usual = await Hub.AddSourceAsync();
        var source = await AddSourceAsync(None + ",\"methods\":[\"GET\",\"PUT\",\"DELETE\"]");
        foreach (
            var (of, method, allowed) in new[]
            {
                (usual, HttpMethod.Get, "POST"),
                (usual, HttpMethod.Put, "POST"),
                (usual, HttpMethod.Options, "POST"),
                (source, HttpMethod.Post, "GET, PUT, DELETE"),
                (source, HttpMethod.Patch, "GET, PUT, DELETE"),
            }
        )
        {
            using var response = await SendAsync(method, of, "", method == HttpMethod.Get ? null : Json("{}"));
            Assert.Equal(405, (int)response.StatusCode);
            Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        }

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            using var response = await SendAsync(method, source, "?a=1");
            var delivery = (await ReadAsync(response, 202)).GetProperty("deliveryId").GetGuid();
            Assert.Equal(method.Method, (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{delivery}")).GetProperty("method").GetString());
        }

        Assert.Equal(0, await DeliveriesAsync(usual));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 202)]
    [InlineData("APPLICATION/JSON", 202)]
    [InlineData("text/csv", 202)]
    [InlineData("textual/csv", 415)]
    [InlineData("application/jsonp", 415)]
    [InlineData("multipart/form-data; boundary=b", 415)]
    public async Task ContentType_IsTakenOrRefused(string type, int status)
    {
        var source = await AddSourceAsync(None + ",\"contentTypes\":[\"application/json\",\"text/*\"]");
        var content = new ByteArrayContent("x"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await SendAsync(HttpMethod.Post, source, "", content);
        if (status == 415)
        {
            await ProblemAsync(response, 415, "content_type_not_allowed");
        }

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("[\"127.0.0.0/8\",\"::1\"]", 202)]
    [InlineData("[\"::ffff:127.0.0.1\"]", 202)]
    [InlineData("[\"203.0.113.0/24\"]", 403)]
    [InlineData("[\"::/0\"]", 403)]
    public async Task Address_IsTakenOrRefused(string allowed, int status)
    {
        var source = await AddSourceAsync(None + $",\"allowedAddresses\":{allowed}");

        // Nobody has said that a proxy may speak for others.
        using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"), ("X-Forwarded-For", status == 202 ? "203.0.113.9" : "127.0.0.1"));
        if (status == 403)
        {
            await ProblemAsync(response, 403, "address_not_allowed");
        }

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Rate_Exceeded_Is429WithRetryAfterAndOutlivesReading()
    {
        var source = await AddSourceAsync(None + ",\"rateLimit\":{\"perSecond\":0.02,\"burst\":2}");
        for (var i = 0; i < 2; i++)
        {
            await Hub.DeliverAsync(source, "{}");
        }

        for (var i = 0; i < 2; i++)
        {
            using var response = await SendAsync(HttpMethod.Post, source, "", Json("{}"));
            await ProblemAsync(response, 429, "rate_limited");
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Hub.Get<SourceDirectory>().Invalidate();
        }

        Assert.Equal(2, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task Sources_NotReadable_Are503WithinTheirPatience()
    {
        var source = await Hub.AddSourceAsync();
        await using var connection = new Npgsql.NpgsqlConnection(Hub.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using (var transaction = await connection.BeginTransactionAsync(Cancel))
        {
            await using var command = new Npgsql.NpgsqlCommand("LOCK TABLE hub.sources IN ACCESS EXCLUSIVE MODE", connection);
            await command.ExecuteNonQueryAsync(Cancel);
            Hub.Get<SourceDirectory>().Invalidate();
            var started = TimeProvider.System.GetTimestamp();
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(HttpMethod.Post, source, "", Json("{}"))));
            foreach (var answer in answers)
            {
                await ProblemAsync(answer, 503, "database_unavailable");
                Assert.NotNull(answer.Headers.RetryAfter);
                answer.Dispose();
            }

            // Side by side, not one after the other; and those that come later do not wait again.
            using var late = await SendAsync(HttpMethod.Post, source, "", Json("{}"));
            await ProblemAsync(late, 503, "database_unavailable");
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(8));
        }

        // What was asked before the lock was gone no longer counts.
        Hub.Get<SourceDirectory>().Invalidate();
        await Hub.DeliverAsync(source, "{}");
    }
}
