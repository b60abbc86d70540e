using Hub.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hub.LoadBench.Servers;

/// <summary>
/// The hub's own PostgreSQL with the hub's own settings, started here so that the single-row baseline and the hub use one server:
/// each has a database of its own in it.
/// </summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly EmbeddedPostgres _server;
    private readonly NpgsqlDataSource _admin;

    private DatabaseServer(EmbeddedPostgres server) => (_server, _admin) = (server, NpgsqlDataSource.Create(server.ConnectionString));

    public int ProcessId => _server.ProcessId;

    public string ClusterPath => _server.ClusterPath;

    public static async Task<DatabaseServer> StartAsync(string folder, int connections)
    {
        var options = new EmbeddedPostgresOptions { DataDirectory = folder, Settings = { ["max_connections"] = $"{Math.Max(120, connections + 60)}" } };
        return new DatabaseServer(await EmbeddedPostgres.StartAsync(options, NullLogger.Instance));
    }

    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var command = _admin.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name }.ConnectionString;
    }

    public async Task<string> AskAsync(string sql)
    {
        await using var command = _admin.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync()}";
    }

    /// <summary>Flushes of the write-ahead log so far. Sessions report theirs about once a second.</summary>
    public async Task<long> FlushesAsync()
    {
        var version = int.Parse(await AskAsync("SELECT current_setting('server_version_num')"));
        var sql = version >= 180000 ? "SELECT sum(fsyncs)::bigint FROM pg_stat_io WHERE object = 'wal'" : "SELECT wal_sync FROM pg_stat_wal";
        return long.Parse(await AskAsync(sql));
    }

    public async ValueTask DisposeAsync()
    {
        await _admin.DisposeAsync();
        await _server.DisposeAsync();
    }
}
