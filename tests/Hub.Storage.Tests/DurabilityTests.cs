using Hub.Storage.Embedded;
using Hub.Storage.Health;
using Hub.Storage.Tests.Embedded;
using Microsoft.Extensions.Options;

namespace Hub.Storage.Tests;

/// <summary>A server that answers commits before they are on the disk is not used silently.</summary>
public sealed class DurabilityTests(MadeCluster made) : EmbeddedServerTest(made), IClassFixture<MadeCluster>
{
    [Theory]
    [InlineData("fsync")]
    [InlineData("synchronous_commit")]
    public async Task Start_ServerDoesNotFlush_WarnsAtLevelCritical(string setting)
    {
        await using var server = await StartMadeAsync(options => options.Settings[setting] = "off");
        await using var database = await OpenAsync(server);
        var warning = Assert.Single(Lines.Critical);
        Assert.Contains($"{setting}=off", warning, StringComparison.Ordinal);
        var durability = Assert.NotNull((await new DatabaseProbe(database).LookAsync(writes: true)).Durability);
        Assert.False(durability.IsKept);
        Assert.Equal(warning, durability.Warning);
    }

    [Fact]
    public async Task Start_EmbeddedServerAsItComes_Flushes()
    {
        await using var server = await StartMadeAsync();
        await using var database = await OpenAsync(server);
        Assert.Empty(Lines.Critical);
        var durability = Assert.NotNull((await new DatabaseProbe(database).LookAsync(writes: true)).Durability);
        Assert.True(durability.IsKept);
        Assert.Null(durability.Warning);
    }

    private async Task<HubDatabase> OpenAsync(EmbeddedPostgres server)
    {
        var database = new HubDatabase(
            Options.Create(new DatabaseOptions { ConnectionString = server.ConnectionString }),
            Options.Create(new EmbeddedPostgresOptions()),
            Lines
        );
        await database.StartAsync(Cancel);
        return database;
    }
}
