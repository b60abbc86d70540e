namespace Hub.Api.Tests.Errors;

/// <summary>Whatever is asked for, it is answered or refused, and never a fault of the hub.</summary>
public sealed class OddParameterTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("deliveries?key=%00")]
    [InlineData("deliveries?eventType=%00")]
    [InlineData("deliveries?source=%00")]
    [InlineData("deliveries?text=%00")]
    [InlineData("deliveries/export?key=a%00b")]
    [InlineData("deliveries?from=0001-01-01T00:00:00Z")]
    [InlineData("deliveries?to=9999-12-31T23:59:59.9Z")]
    [InlineData("ledger?to=0001-01-01T00:00:00Z")]
    [InlineData("ledger?to=9999-12-31T23:59:59.9Z&from=9999-12-31T00:00:00Z")]
    [InlineData("analytics/workflows?to=0001-01-01T00:00:00Z")]
    [InlineData("executions?from=0001-01-01T00:00:00%2B14:00")]
    [InlineData("executions?status=%00")]
    [InlineData("dead-letters?status=%00")]
    public async Task Parameter_ThatCannotBeMeant_Is400(string path)
    {
        using var response = await Hub.Api.GetAsync("/api/v1/" + path, Cancel);
        Assert.True((int)response.StatusCode == 400, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancel)}");
    }
}
