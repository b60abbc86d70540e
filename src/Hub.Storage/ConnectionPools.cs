using Npgsql;

namespace Hub.Storage;

/// <summary>The hub's connections to its one database, in pools that cannot take each other's, and how PostgreSQL plans what comes over each.</summary>
internal sealed class ConnectionPools : IAsyncDisposable
{
    // While a table is nearly empty PostgreSQL would rather read the whole of it, and a prepared statement keeps that plan when the table has grown.
    // Without such plans each of the hot statements has one left, by index, whatever the statistics say.
    private const string HotSettings = """
        SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_memoize = off; SET plan_cache_mode = force_generic_plan;
        SET max_parallel_workers_per_gather = 0; SET jit = off
        """;

    private const string EverydaySettings = "SET plan_cache_mode = force_custom_plan";

    /// <summary>One to look how the server is, which must work while everything else is stuck.</summary>
    private const int ProbeConnections = 1;

    /// <summary>The API's part of what neither commits nor the probe have, and the least of it.</summary>
    private const int ApiPart = 4;
    private const int LeastOfTheApi = 2;

    /// <summary>The connections that <paramref name="options"/> allow, all pools together.</summary>
    public ConnectionPools(string? connectionString, DatabaseOptions options)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "flowpilot",
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
            KeepAlive = 30,

            // The settings above stay, and no other state is left behind on a connection: clearing it between two commits costs more than a small commit.
            NoResetOnClose = true,
        };
        var rest = options.MaxConnections - options.CommitConnections - ProbeConnections;
        var api = Math.Max(LeastOfTheApi, rest / ApiPart);
        rest -= api;
        Commits = Create(connection, options.CommitConnections, HotSettings);
        Hot = Create(connection, rest / 2, HotSettings);
        Everyday = Create(connection, rest - (rest / 2), EverydaySettings);
        Api = Create(connection, api, EverydaySettings);
        Probe = Create(connection, ProbeConnections, EverydaySettings);
    }

    /// <summary>For commits of deliveries and of what executions did: hot statements too, over connections of their own.</summary>
    public NpgsqlDataSource Commits { get; }

    /// <summary>For the other statements that webhooks and executions wait for. Each is planned once for a connection, by index.</summary>
    public NpgsqlDataSource Hot { get; }

    /// <summary>For all others. Each is planned anew, for its own values and the present size of the tables.</summary>
    public NpgsqlDataSource Everyday { get; }

    /// <summary>As <see cref="Everyday"/>, for callers of the API: however much they read, the work has its own.</summary>
    public NpgsqlDataSource Api { get; }

    public NpgsqlDataSource Probe { get; }

    /// <summary>Closes what is open now: at once what nobody uses, the rest when it is given back.</summary>
    public void Clear()
    {
        foreach (var pool in All)
        {
            pool.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in All)
        {
            await pool.DisposeAsync();
        }
    }

    private NpgsqlDataSource[] All => [Api, Probe, Commits, Hot, Everyday];

    /// <summary>The settings are made after connecting, as poolers refuse them among the startup options.</summary>
    private static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder connection, int size, string settings)
    {
        var builder = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connection.ConnectionString) { MaxPoolSize = size }.ConnectionString);
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
            }
        );
        return builder.Build();
    }
}
