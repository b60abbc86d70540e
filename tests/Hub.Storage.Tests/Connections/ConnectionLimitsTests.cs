using Hub.Storage.Connections;
using Hub.TestSupport;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Tests.Connections;

public sealed class ConnectionLimitsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100, 3, null, null, null)]
    [InlineData(43, 3, 40, 40, null)]
    [InlineData(42, 3, null, null, "max_connections=42, of which 3 are reserved for others")]
    [InlineData(100, 3, 12, null, "the role's CONNECTION LIMIT 12")]
    [InlineData(100, 3, 12, 11, "the database's CONNECTION LIMIT 11")]
    public void Warning_FewerThanWanted_NamesWhatIsShort(int most, int reserved, int? ofTheRole, int? ofTheDatabase, string? named)
    {
        var warning = new ConnectionLimits(most, reserved, ofTheRole, ofTheDatabase).WarningFor(40);
        if (named is null)
        {
            Assert.Null(warning);
            return;
        }

        Assert.Contains(named, warning, StringComparison.Ordinal);
        Assert.Contains("Hub:Database:MaxConnections is 40", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OfARoleThatIsNoSuperuser_SeesWhatIsReservedAndTheLimit()
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(await PostgresServer.CreateDatabaseAsync(Cancel)) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(Cancel);
        Assert.Equal(new ConnectionLimits(300, 3, null, null), await ConnectionLimits.ReadAsync(connection, Cancel));
        await using var command = new NpgsqlCommand($"ALTER DATABASE {connection.Database} CONNECTION LIMIT 11", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        Assert.Equal(new ConnectionLimits(300, 3, null, 11), await ConnectionLimits.ReadAsync(connection, Cancel));
    }

    /// <summary>Each pool has its own, and all of them together are no more than the setting says.</summary>
    [Theory]
    [InlineData(12, 2)]
    [InlineData(40, 2)]
    [InlineData(40, 32)]
    [InlineData(1000, 2)]
    public async Task Pools_Together_AreWhatTheSettingSays(int total, int commits)
    {
        await using var pools = new ConnectionPools("Host=127.0.0.1", new DatabaseOptions { MaxConnections = total, CommitConnections = commits });
        var sizes = new[] { pools.Commits, pools.Hot, pools.Everyday, pools.Api, pools.Probe }
            .Select(pool => new NpgsqlConnectionStringBuilder(pool.ConnectionString).MaxPoolSize)
            .ToList();
        Assert.Equal((total, commits), (sizes.Sum(), sizes[0]));
        Assert.All(sizes.Skip(1).Take(3), size => Assert.InRange(size, 2, total));
    }

    [Fact]
    public async Task Start_ServerGivesFewer_IsToldByName()
    {
        var lines = new Embedded.LogLines();
        await using var database = new HubDatabase(
            Options.Create(new DatabaseOptions { ConnectionString = await PostgresServer.CreateDatabaseAsync(Cancel), MaxConnections = 400 }),
            Options.Create(new Hub.Storage.Embedded.EmbeddedPostgresOptions()),
            lines
        );
        await database.StartAsync(Cancel);
        Assert.Contains("max_connections=300", lines.Text, StringComparison.Ordinal);
        Assert.Contains("Hub:Database:MaxConnections is 400", lines.Text, StringComparison.Ordinal);
    }
}
