namespace Hub.Api.Tests.Health;

public sealed class HealthTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Health_DatabaseThere_Is200()
    {
        using var response = await Hub.Web.GetAsync("/health", Cancel);
        Assert.Equal(200, (int)response.StatusCode);
        var health = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal("healthy", health.Status());
        Assert.Equal("healthy", health.GetProperty("database").Status());
    }
}
