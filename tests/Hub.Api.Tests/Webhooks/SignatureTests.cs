using System.Security.Cryptography;

namespace Hub.Api.Tests.Webhooks;

public sealed class SignatureTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "0123456789-secret";
    private static readonly byte[] Body = """{"hello":"world"}"""u8.ToArray();

    [Fact]
    public async Task Github_Signed_IsAccepted()
    {
        var source = await GithubAsync();
        using var response = await Hub.PostAsync(source, Body, "", ("X-Hub-Signature-256", "sha256=" + Hmac(Secret, Body)));
        Assert.Equal(202, (int)response.StatusCode);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        var id = answer.GetProperty("deliveryId").GetGuid();
        Assert.Equal(new Uri(Hub.Url, $"/webhooks/status/{id}").ToString(), answer.GetProperty("statusUrl").GetString());
        using var status = await Hub.Web.GetAsync(answer.GetProperty("statusUrl").GetString(), Cancel);
        Assert.Equal("accepted", JsonDocument.Parse(await status.Content.ReadAsStringAsync(Cancel)).RootElement.Status());
    }

    [Theory]
    [InlineData(null, "signature_missing")]
    [InlineData("", "signature_missing")]
    [InlineData("sha256=00", "signature_invalid")]
    [InlineData("sha256=zz", "signature_invalid")]
    [InlineData("sha1=0000000000000000000000000000000000000000", "signature_invalid")]
    public async Task Github_BadSignature_Is401AndKeepsNothing(string? signature, string code)
    {
        var source = await GithubAsync();
        using var response = signature is null ? await Hub.PostAsync(source, Body) : await Hub.PostAsync(source, Body, "", ("X-Hub-Signature-256", signature));
        await ProblemAsync(response, 401, code);
        Assert.Equal(0L, await Hub.AskAsync("SELECT count(*) FROM hub.deliveries WHERE source_id = $1", source.Id));
    }

    [Fact]
    public async Task Github_OtherBody_Is401()
    {
        var source = await GithubAsync();
        using var response = await Hub.PostAsync(source, [.. Body, (byte)' '], "", ("X-Hub-Signature-256", "sha256=" + Hmac(Secret, Body)));
        await ProblemAsync(response, 401, "signature_invalid");
    }

    [Fact]
    public async Task Secrets_Rotated_EitherOpens()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"generic-hmac","header":"X-Sig","secrets":["old-secret-0123","new-secret-0123"]}""");
        foreach (var secret in new[] { "old-secret-0123", "new-secret-0123" })
        {
            await Hub.DeliverAsync(source, Body, "", ("X-Sig", Hmac(secret, Body)));
        }

        using var response = await Hub.PostAsync(source, Body, "", ("X-Sig", Hmac("other-secret", Body)));
        await ProblemAsync(response, 401, "signature_invalid");
    }

    [Theory]
    [InlineData(0, 202, null)]
    [InlineData(-3600, 401, "signature_stale")]
    [InlineData(3600, 401, "signature_stale")]
    public async Task StandardWebhooks_Time_DecidesWhetherItIsStale(int ageSeconds, int status, string? code)
    {
        var key = Convert.ToBase64String(new byte[32]);
        var source = await Hub.AddSourceAsync($$"""{"scheme":"standard-webhooks","secrets":["whsec_{{key}}"]}""");
        var time = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + ageSeconds).ToString();
        var signed = Encoding.UTF8.GetBytes($"msg_1.{time}.{Encoding.UTF8.GetString(Body)}");
        var signature = "v1," + Convert.ToBase64String(HMACSHA256.HashData(new byte[32], signed));
        using var response = await Hub.PostAsync(source, Body, "", ("webhook-id", "msg_1"), ("webhook-timestamp", time), ("webhook-signature", signature));
        Assert.Equal(status, (int)response.StatusCode);
        if (code is not null)
        {
            await ProblemAsync(response, status, code);
        }
    }

    [Theory]
    [InlineData("nobody-knows-this")]
    [InlineData("%00")]
    [InlineData("%ff")]
    [InlineData("..%2f..")]
    public async Task Token_Unknown_Is404(string token)
    {
        using var response = await Hub.Web.PostAsync($"/webhooks/incoming/{token}", new ByteArrayContent(Body), Cancel);
        Assert.Contains((int)response.StatusCode, new[] { 400, 404 });
    }

    [Fact]
    public async Task DeliveryStatus_Unknown_Is404()
    {
        using var response = await Hub.Web.GetAsync($"/webhooks/status/{Guid.CreateVersion7()}", Cancel);
        await ProblemAsync(response, 404, "not_found");
    }

    private Task<TestSource> GithubAsync() => Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Secret}}"]}""");

    private static string Hmac(string secret, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
