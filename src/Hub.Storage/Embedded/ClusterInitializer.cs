using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded;

/// <summary>Makes a cluster with the hub's role and database in it. It is made aside and renamed: a cluster in place is whole.</summary>
internal sealed partial class ClusterInitializer(PostgresBinaries binaries, ClusterDirectory cluster, ILogger logger)
{
    public const string Role = "flowpilot";
    public const string Database = "flowpilot";

    private const int FirstMajorWithBuiltinLocale = 17;
    internal const string Staging = "staging-";

    /// <summary>
    /// What the hub's role needs to back its server up while it runs: to begin and end a backup, and to have the log kept meanwhile. Nobody can replicate
    /// with it, as the server sends its log to nobody.
    /// </summary>
    private static readonly string[] BackupRights =
    [
        $"ALTER ROLE {Role} REPLICATION",
        $"GRANT EXECUTE ON FUNCTION pg_backup_start(text, boolean), pg_backup_stop(boolean) TO {Role}",
    ];

    public async Task CreateAsync(string secret, CancellationToken cancellationToken)
    {
        Log.Creating(logger, binaries.Major, cluster.Path);
        var staging = Path.Combine(cluster.Home, $"{Staging}{Guid.CreateVersion7():N}");

        // The superuser gets no password and no way in: the hub's own role is all that is served.
        string[] locale =
            binaries.Major >= FirstMajorWithBuiltinLocale ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : ["--locale=C"];
        string[] arguments = ["-D", staging, "-U", "postgres", "-A", "reject", "-E", "UTF8", "--data-checksums", .. locale];
        ThrowIfFailed(await Command.RunAsync(cluster.Account, binaries.InitDb, arguments, cancellationToken), "initdb");

        await File.WriteAllTextAsync(Path.Combine(staging, "pg_hba.conf"), ClusterSettings.HostRules, cancellationToken);
        await RunSqlAsync(
            staging,
            [$"CREATE ROLE {Role} LOGIN CREATEDB PASSWORD '{secret}'", $"CREATE DATABASE {Database} OWNER {Role}", .. BackupRights],
            cancellationToken
        );
        await File.AppendAllTextAsync(Path.Combine(staging, "postgresql.conf"), $"\ninclude_if_exists '{ClusterSettings.FileName}'\n", cancellationToken);
        Directory.Move(staging, cluster.Path);
    }

    /// <summary>
    /// Removes what killed starts left half made. A killed hub's initdb goes on for a while: under another name the folder grows no more by its paths, and
    /// what cannot be removed yet is left to a later start.
    /// </summary>
    public static void RemoveLeftovers(string home)
    {
        foreach (var leftover in Directory.GetDirectories(home, Staging + "*"))
        {
            try
            {
                var aside = Path.Combine(home, $"{Staging}{Guid.CreateVersion7():N}");
                Directory.Move(leftover, aside);
                Directory.Delete(aside, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // No start needs it gone.
            }
        }
    }

    /// <summary>Gives the hub's role a new password while the server is down; for when the old one is lost.</summary>
    public Task ChangeSecretAsync(string secret, CancellationToken cancellationToken) =>
        RunSqlAsync(cluster.Path, [$"ALTER ROLE {Role} PASSWORD '{secret}'"], cancellationToken);

    /// <summary>Gives the hub's role of a cluster that an older version made the rights to back it up, while the server is down.</summary>
    public Task AllowBackupsAsync(CancellationToken cancellationToken) => RunSqlAsync(cluster.Path, BackupRights, cancellationToken);

    // Single-user mode needs neither a port nor a password, and passes the secret over standard input.
    private async Task RunSqlAsync(string directory, IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--single",
            "-D",
            directory,
            "-c",
            "exit_on_error=on",
            "-c",
            "log_min_error_statement=panic",
            "-c",
            "log_checkpoints=off",
            "-c",
            "password_encryption=scram-sha-256",
            "postgres",
        ];
        var start = Command.Prepare(cluster.Account, binaries.Postgres, arguments, cluster.Home);
        ThrowIfFailed(await Command.RunAsync(start, string.Concat(statements.Select(statement => statement + "\n")), cancellationToken), "postgres --single");
    }

    private static void ThrowIfFailed(CommandResult? result, string program)
    {
        if (result is not { Succeeded: true })
        {
            throw new EmbeddedPostgresException(
                $"The database could not be created: {program} failed. It said: {result?.Output ?? "nothing, it could not be started"}"
            );
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Creating the PostgreSQL {Major} database in {Path}")]
        public static partial void Creating(ILogger logger, int major, string path);
    }
}
