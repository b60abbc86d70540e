using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded.Backups;

/// <summary>The running server that is backed up: that of the hub which holds the data directory, else one started for the time.</summary>
internal sealed class BackupSource : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _own;

    private BackupSource(string clusterPath, string connectionString, int major, EmbeddedPostgres? own) =>
        (ClusterPath, ConnectionString, Major, _own) = (clusterPath, connectionString, major, own);

    public string ClusterPath { get; }

    /// <summary>Holds the password: never log it.</summary>
    public string ConnectionString { get; }

    public int Major { get; }

    /// <exception cref="EmbeddedPostgresException">There is no database, or it cannot be reached.</exception>
    public static async Task<BackupSource> OpenAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var path = HubDataDirectory.PathOf(options.DataDirectory);
        var data = Directory.Exists(path) ? HubDataDirectory.Open(path) : throw NoDatabase(path);
        var home = File.Exists(data.LocationFile) ? (await File.ReadAllTextAsync(data.LocationFile, cancellationToken)).Trim() : data.DatabasePath;
        var cluster = new ClusterDirectory(home, ServerAccount.Current);
        var major = cluster.Major ?? throw NoDatabase(path);
        if (!IsHeld(data))
        {
            var own = await EmbeddedPostgres.StartAsync(options, logger, cancellationToken);
            return new BackupSource(own.ClusterPath, own.ConnectionString, major, own);
        }

        return
            ClusterSecret.Read(data) is { } secret
            && ClusterPort.Remembered(data) is { } port
            && await ClusterConnection.AnswersAsync(port, secret, cancellationToken)
            ? new BackupSource(cluster.Path, ClusterConnection.StringFor(port, secret), major, null)
            : throw new EmbeddedPostgresException($"A hub uses {data.Path}, but its database does not answer now. Try again when the hub is up.");
    }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool IsHeld(HubDataDirectory data)
    {
        try
        {
            HubLock.Take(data).Dispose();
            return false;
        }
        catch (EmbeddedPostgresException exception) when (exception.InnerException is IOException)
        {
            return true;
        }
    }

    private static EmbeddedPostgresException NoDatabase(string path) =>
        new($"There is no database in {path}. Set Hub__DataDirectory to the data directory of the hub.");
}
