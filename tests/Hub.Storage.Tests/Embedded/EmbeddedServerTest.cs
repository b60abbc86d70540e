using Hub.Storage.Embedded;
using Npgsql;

namespace Hub.Storage.Tests.Embedded;

/// <summary>What the tests with a real server have in common: its folder, and asking it things.</summary>
public abstract class EmbeddedServerTest(MadeCluster made) : IDisposable
{
    private readonly Lazy<TestFolder> _folder = new(() => new TestFolder());

    internal TestFolder Folder => _folder.Value;

    internal LogLines Lines { get; } = new();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected string Data => Folder.Below("data");

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_folder.IsValueCreated)
        {
            Folder.Dispose();
        }
    }

    protected Task<EmbeddedPostgres> StartAsync(Action<EmbeddedPostgresOptions>? change = null)
    {
        var options = new EmbeddedPostgresOptions { DataDirectory = Data };
        change?.Invoke(options);
        return EmbeddedPostgres.StartAsync(options, Lines, Cancel);
    }

    /// <summary>A server whose database exists already.</summary>
    protected async Task<EmbeddedPostgres> StartMadeAsync(Action<EmbeddedPostgresOptions>? change = null)
    {
        await made.CopyToAsync(Data);
        return await StartAsync(change);
    }

    protected static async Task<object?> AskAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }

    protected static int PortOf(EmbeddedPostgres server) => new NpgsqlConnectionStringBuilder(server.ConnectionString).Port;
}
