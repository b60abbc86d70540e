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
        var database = health.GetProperty("database");
        Assert.Equal("healthy", database.Status());
        Assert.True(database.GetProperty("durable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, database.GetProperty("warning").ValueKind);
    }

    [Fact]
    public async Task Health_AskedWithHead_Is200()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/health");
        using var response = await Hub.Web.SendAsync(request, Cancel);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Health_CommitsAreNotFlushed_Is200AndWarns()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        await using var hub = await TestHub.StartAsync(("ConnectionStrings:Hub", $"{connection};Options=-c synchronous_commit=off"));
        using var response = await hub.Web.GetAsync("/health", Cancel);
        Assert.Equal(200, (int)response.StatusCode);
        var database = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("database");
        Assert.False(database.GetProperty("durable").GetBoolean());
        Assert.Contains("synchronous_commit=off", database.GetProperty("warning").GetString(), StringComparison.Ordinal);
    }
}
