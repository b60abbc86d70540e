namespace Hub.Api.Tests.Sources;

public sealed class SignedUrlTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("""{"scheme":"trello","secrets":["0123456789"]}""")]
    [InlineData("""{"scheme":"generic-hmac","signed":"{url}{body}","secrets":["0123456789"]}""")]
    public async Task Source_WhoseSchemeSignsTheAddress_TakesNothingWhileTheHubDoesNotKnowItsOwn(string signature)
    {
        var source = await Hub.AddSourceAsync(signature);
        var view = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}");
        Assert.Contains("Hub__PublicUrl", view.GetProperty("problem").GetString(), StringComparison.Ordinal);
        using var response = await Hub.PostAsync(source, "{}"u8.ToArray());
        await ProblemAsync(response, 503, "public_url_missing");
    }

    [Fact]
    public async Task Source_OfAnyOtherScheme_HasNoProblem()
    {
        var view = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{(await Hub.AddSourceAsync()).Id}");
        Assert.Equal(JsonValueKind.Null, view.GetProperty("problem").ValueKind);
    }
}
