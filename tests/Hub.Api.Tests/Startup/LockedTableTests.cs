using Npgsql;

namespace Hub.Api.Tests.Startup;

/// <summary>What the hub only tells or tries at its start must not keep it from running.</summary>
public sealed class LockedTableTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Start_SecretsLocked_TakesRequestsSaysWhatItLeftOutAndMakesTheSampleLater()
    {
        // As before the first start.
        await Hub.AskAsync("DELETE FROM hub.settings WHERE key = 'sample_token'");
        await Hub.AskAsync("UPDATE hub.sources SET deleted_at = now() WHERE name = 'sample'");
        await using (var connection = new NpgsqlConnection(Hub.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync(Cancel);
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await using var hold = new NpgsqlCommand("LOCK TABLE hub.source_secrets, hub.credentials IN ACCESS EXCLUSIVE MODE", connection);
            await hold.ExecuteNonQueryAsync(Cancel);

            await Hub.RestartAsync();

            using var health = await Hub.Web.GetAsync("/health", Cancel);
            Assert.True(health.IsSuccessStatusCode);
            Assert.Equal(0L, await Hub.AskAsync("SELECT count(*) FROM hub.settings WHERE key = 'sample_token'"));
        }

        Assert.Contains("the hub starts without the check", Hub.Log.Text, StringComparison.Ordinal);
        for (var i = 0; i < 400 && await Hub.AskAsync("SELECT value FROM hub.settings WHERE key = 'sample_token'") is not "made"; i++)
        {
            await Task.Delay(50, Cancel);
        }

        Assert.Equal("made", await Hub.AskAsync("SELECT value FROM hub.settings WHERE key = 'sample_token'"));

        var source = await Hub.AddSourceAsync();
        await Hub.DeliverAsync(source, "{}");
    }

    [Fact]
    public async Task Start_SampleCannotBeMade_SaysSoAndTakesRequests()
    {
        await Hub.AskAsync("DELETE FROM hub.settings WHERE key = 'sample_token'");
        await Hub.AskAsync("UPDATE hub.sources SET deleted_at = now() WHERE name = 'sample'");
        await Hub.AskAsync("CREATE FUNCTION hub.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no source today''; END'");
        await Hub.AskAsync("CREATE TRIGGER refuse BEFORE INSERT ON hub.sources FOR EACH ROW EXECUTE FUNCTION hub.refuse()");
        try
        {
            await Hub.RestartAsync();
            for (var i = 0; i < 400 && !Hub.Log.Text.Contains("The sample workflow could not be made", StringComparison.Ordinal); i++)
            {
                // The hub does not wait for its sample.
                await Task.Delay(25, Cancel);
            }
        }
        finally
        {
            await Hub.AskAsync("DROP FUNCTION hub.refuse CASCADE");
        }

        Assert.Contains("The sample workflow could not be made or shown; everything else runs", Hub.Log.Text, StringComparison.Ordinal);
        await Hub.DeliverAsync(await Hub.AddSourceAsync(), "{}");
    }
}
