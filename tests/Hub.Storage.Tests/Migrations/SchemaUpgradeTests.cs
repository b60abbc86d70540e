using Hub.Storage.Embedded;
using Hub.Storage.Migrations;
using Hub.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Tests.Migrations;

public sealed class SchemaUpgradeTests
{
    private const int Rounds = 3;
    private const int Hubs = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_SeveralHubsOnOneEmptyDatabase_AllStart()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
            var hubs = Enumerable.Range(0, Hubs).Select(_ => Open(connection)).ToArray();
            try
            {
                await Task.WhenAll(hubs.Select(hub => Task.Run(() => hub.StartAsync(Cancel))));
                Assert.Equal(SchemaUpgrade.Known, await AppliedAsync(hubs[0]));
                Assert.Equal(
                    0L,
                    await AskAsync(
                        hubs[0],
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = "
                            + "current_database())"
                    )
                );
            }
            finally
            {
                foreach (var hub in hubs)
                {
                    await hub.DisposeAsync();
                }
            }
        }
    }

    [Fact]
    public async Task Start_DatabaseOfANewerVersion_IsRefusedNamesItAndChangesNothing()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        await using (var current = Open(connection))
        {
            await current.StartAsync(Cancel);
            await AskAsync(current, "INSERT INTO hub.migrations VALUES ('9999_from_the_future', '10.0.0')");

            // Also where something of this version is missing: what a newer one left must not be touched.
            await AskAsync(current, $"DELETE FROM hub.migrations WHERE \"MigrationId\" = '{SchemaUpgrade.Known[^1]}'");
        }

        await using var older = Open(connection);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => older.StartAsync(Cancel));

        Assert.Contains("9999_from_the_future", refused.Message, StringComparison.Ordinal);
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
        Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
        Assert.Equal((string[])[.. SchemaUpgrade.Known.SkipLast(1), "9999_from_the_future"], await AppliedAsync(older));
    }

    [Fact]
    public async Task Start_DatabaseOfThisVersion_DoesNotWaitForAnothersUpgrade()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        await using var first = Open(connection);
        await first.StartAsync(Cancel);
        await using var holder = await first.DataSource.OpenConnectionAsync(Cancel);
        await using var hold = new NpgsqlCommand("SELECT pg_advisory_lock(7021964001)", holder);
        await hold.ExecuteNonQueryAsync(Cancel);

        await using var second = Open(connection);
        await second.StartAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        Assert.Equal(SchemaUpgrade.Known, await AppliedAsync(second));
    }

    private static HubDatabase Open(string connection) =>
        new(
            Options.Create(new DatabaseOptions { ConnectionString = connection }),
            Options.Create(new EmbeddedPostgresOptions()),
            NullLogger<HubDatabase>.Instance
        );

    private static async Task<string[]> AppliedAsync(HubDatabase database) =>
        (string[])(await AskAsync(database, "SELECT array_agg(\"MigrationId\"::text ORDER BY \"MigrationId\") FROM hub.migrations"))!;

    private static async Task<object?> AskAsync(HubDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
