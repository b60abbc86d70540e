using System.Diagnostics.CodeAnalysis;
using Hub.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Hub.TestSupport;

/// <summary>One private PostgreSQL server per test process, started at the first use and removed with the process.</summary>
public static class PostgresServer
{
    private static readonly string Root = Path.Combine(Path.GetTempPath(), $"flowpilot-tests-{Environment.UserName}");
    private static readonly Lazy<Task<EmbeddedPostgres>> Server = new(StartAsync);
    private static int _databases;

    /// <summary>A fresh, empty database: its connection string. The role may do anything in it.</summary>
    public static async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken = default)
    {
        var server = await Server.Value.WaitAsync(cancellationToken);
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
    }

    private static async Task<EmbeddedPostgres> StartAsync()
    {
        await PostgresServerLeftovers.RemoveAsync(Root);
        var directory = Path.Combine(Root, Guid.CreateVersion7().ToString("N"));

        // Nothing of it is kept: the end needs no checkpoint.
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = directory,
            StopTimeout = TimeSpan.Zero,
            Settings = { ["max_connections"] = "300" },
        };
        var server = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(server);
        return server;
    }

    // The process is about to end: there is nothing left to await in.
    [SuppressMessage("Usage", "CA2012:Use ValueTasks correctly", Justification = "Waited for once, by its task.")]
    private static void Remove(EmbeddedPostgres server)
    {
        NpgsqlConnection.ClearAllPools();
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        try
        {
            PostgresServerLeftovers.Delete(server);
        }
        catch (IOException)
        {
            // Its last processes still write, on a busy machine. The next test process removes what is left.
        }
    }
}
