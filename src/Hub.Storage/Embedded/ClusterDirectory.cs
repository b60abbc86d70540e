using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded;

/// <summary>Where the database lies: a folder of the server's user with the cluster and the server's log in it.</summary>
internal sealed partial class ClusterDirectory(string home, ServerAccount account)
{
    public string Home => home;

    public ServerAccount Account => account;

    public string Path { get; } = System.IO.Path.Combine(home, "cluster");

    public string LogFile { get; } = System.IO.Path.Combine(home, "server.log");

    public string SettingsFile => System.IO.Path.Combine(Path, ClusterSettings.FileName);

    /// <summary>The major version that made the cluster; null while there is none.</summary>
    public int? Major
    {
        get
        {
            var file = System.IO.Path.Combine(Path, "PG_VERSION");
            return File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>The remembered place, else one inside the data directory, else (closed to the server's user) a system-wide one.</summary>
    /// <param name="isCopy">Whether the data directory was copied: the remembered place is then the original's.</param>
    public static async Task<ClusterDirectory> LocateAsync(HubDataDirectory data, bool isCopy, ILogger logger, CancellationToken cancellationToken)
    {
        if (File.Exists(data.LocationFile))
        {
            var remembered = (await File.ReadAllTextAsync(data.LocationFile, cancellationToken)).Trim();
            if (isCopy)
            {
                throw new EmbeddedPostgresException(
                    $"{data.Path} is a copy, but its database is not in it: {data.LocationFile} says that it is in {remembered}, which the original uses. "
                        + $"Copy that folder as well, to {data.DatabasePath}, and delete {data.LocationFile}. Or make the copy with the hub's own backup "
                        + "and restore."
                );
            }

            return await OpenAsync(remembered, cancellationToken)
                ?? throw new EmbeddedPostgresException(
                    $"{data.LocationFile} says that the database is in {remembered}, but the server cannot enter that folder. "
                        + "Bring it back, or delete the file to begin with an empty database."
                );
        }

        if (!Directory.Exists(System.IO.Path.Combine(data.DatabasePath, "cluster")))
        {
            Make(data.DatabasePath, ServerAccount.Choose());
        }

        return await OpenAsync(data.DatabasePath, cancellationToken) ?? await RelocateAsync(data, logger, cancellationToken);
    }

    private static async Task<ClusterDirectory?> OpenAsync(string home, CancellationToken cancellationToken)
    {
        var account = await ServerAccount.ChooseForAsync(System.IO.Path.Combine(home, "cluster"), cancellationToken);
        var entered = await account.EnterAsync(home, cancellationToken);
        return entered is null ? null : new ClusterDirectory(entered, account);
    }

    private static async Task<ClusterDirectory> RelocateAsync(HubDataDirectory data, ILogger logger, CancellationToken cancellationToken)
    {
        var account = ServerAccount.Choose();
        if (account.UserName is null || Directory.Exists(System.IO.Path.Combine(data.DatabasePath, "cluster")))
        {
            throw new EmbeddedPostgresException(
                $"The server{(account.UserName is null ? "" : $", which runs as {account.UserName},")} cannot enter {data.DatabasePath}. Open the folders "
                    + "above it (chmod o+x)."
            );
        }

        Directory.Delete(data.DatabasePath, recursive: true);
        HubDataDirectory.LetPass(HubDataDirectory.SystemPath);
        var clusters = System.IO.Path.Combine(HubDataDirectory.SystemPath, "clusters");
        HubDataDirectory.LetPass(clusters);
        var home = System.IO.Path.Combine(clusters, Guid.CreateVersion7().ToString("N"));
        Make(home, account);
        await File.WriteAllTextAsync(data.LocationFile, home + "\n", cancellationToken);
        Log.Relocated(logger, data.Path, account.UserName, home);
        return await OpenAsync(home, cancellationToken)
            ?? throw new EmbeddedPostgresException(
                $"The server, which runs as {account.UserName}, cannot enter {home}. Open the folders above it (chmod o+x)."
            );
    }

    private static void Make(string home, ServerAccount account)
    {
        HubDataDirectory.Create(home, HubDataDirectory.Private);
        account.Own(home);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Data} is closed to the user {Account} that PostgreSQL runs as; the database goes to {Home}")]
        public static partial void Relocated(ILogger logger, string data, string account, string home);
    }
}
