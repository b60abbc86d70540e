using Npgsql;

namespace Hub.Api.Tests.Startup;

/// <summary>What the hub only tells or tries at its start must not keep it from running.</summary>
public sealed class LockedTableTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Start_SecretsLocked_TakesRequestsAndSaysWhatItLeftOut()
    {
        await using (var connection = new NpgsqlConnection(Hub.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync(Cancel);
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await using var hold = new NpgsqlCommand("LOCK TABLE hub.source_secrets, hub.credentials IN ACCESS EXCLUSIVE MODE", connection);
            await hold.ExecuteNonQueryAsync(Cancel);

            await Hub.RestartAsync();

            using var health = await Hub.Web.GetAsync("/health", Cancel);
            Assert.True(health.IsSuccessStatusCode);
        }

        Assert.Contains("The sample workflow could not be made or shown", Hub.Log.Text, StringComparison.Ordinal);
        var source = await Hub.AddSourceAsync();
        await Hub.DeliverAsync(source, "{}");
    }
}
