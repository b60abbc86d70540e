using Hub.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.TestSupport;

/// <summary>Clears away the servers of test processes that were killed: those whose lock nobody holds.</summary>
public static class PostgresServerLeftovers
{
    // A younger folder may belong to a process that is about to lock it.
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(1);

    public static async Task RemoveAsync(string root)
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (var directory in Directory.EnumerateDirectories(root).Where(IsAbandoned))
        {
            try
            {
                var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = directory }, NullLogger.Instance);
                await server.DisposeAsync();
                Delete(server);
            }
            catch (Exception exception) when (exception is EmbeddedPostgresException or IOException)
            {
                // Another test process is at it, or was killed while it removed this one.
            }
        }
    }

    /// <summary>Removes a stopped server's data, also where it lies outside the data directory.</summary>
    public static void Delete(EmbeddedPostgres server)
    {
        Delete(Path.GetDirectoryName(server.ClusterPath)!);
        Delete(server.DataDirectory.Path);
    }

    private static void Delete(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool IsAbandoned(string directory)
    {
        if (Directory.GetCreationTimeUtc(directory) > (TimeProvider.System.GetUtcNow() - Youth).UtcDateTime)
        {
            return false;
        }

        try
        {
            using var file = new FileStream(Path.Combine(directory, "hub.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
