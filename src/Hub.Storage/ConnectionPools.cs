using Npgsql;

namespace Hub.Storage;

/// <summary>The hub's two pools of connections to its one database, and how PostgreSQL plans what comes over each.</summary>
internal sealed class ConnectionPools : IAsyncDisposable
{
    // While a table is nearly empty PostgreSQL would rather read the whole of it, and a prepared statement keeps that plan when the table has grown.
    // Without such plans each of the hot statements has one left, by index, whatever the statistics say.
    private const string HotSettings =
        """
        SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_memoize = off; SET plan_cache_mode = force_generic_plan;
        SET max_parallel_workers_per_gather = 0; SET jit = off
        """;

    private const string EverydaySettings = "SET plan_cache_mode = force_custom_plan";

    private ConnectionPools(NpgsqlConnectionStringBuilder connection)
    {
        var most = connection.MaxPoolSize;
        connection.MaxPoolSize = most / 2;
        Hot = Create(connection, HotSettings);
        connection.MaxPoolSize = most - (most / 2);
        Everyday = Create(connection, EverydaySettings);
    }

    /// <summary>For the statements that webhooks and executions wait for. Each is planned once for a connection, by index.</summary>
    public NpgsqlDataSource Hot { get; }

    /// <summary>For all others. Each is planned anew, for its own values and the present size of the tables.</summary>
    public NpgsqlDataSource Everyday { get; }

    /// <summary>The connections that <paramref name="options"/> allow, half of them in either pool.</summary>
    public static ConnectionPools Create(string? connectionString, DatabaseOptions options) =>
        new(new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "flowpilot",
            MaxPoolSize = options.MaxConnections,
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
            KeepAlive = 30,

            // The settings above stay, and no other state is left behind on a connection: clearing it between two commits costs more than a small commit.
            NoResetOnClose = true,
        });

    public async ValueTask DisposeAsync()
    {
        await Hot.DisposeAsync();
        await Everyday.DisposeAsync();
    }

    /// <summary>The settings are made after connecting, as poolers refuse them among the startup options.</summary>
    private static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder connection, string settings)
    {
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        builder.UsePhysicalConnectionInitializer(
            opened =>
            {
                using var command = new NpgsqlCommand(settings, opened);
                command.ExecuteNonQuery();
            },
            async opened =>
            {
                await using var command = new NpgsqlCommand(settings, opened);
                await command.ExecuteNonQueryAsync();
            });
        return builder.Build();
    }
}
