using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded.Backups;

/// <summary>
/// Copies the hub's own database, and its key ring, while the hub runs and takes deliveries. When nobody runs it, its server is started for the time.
/// </summary>
/// <param name="keys">The folder of the key ring; null to leave it out.</param>
public sealed partial class EmbeddedBackup(EmbeddedPostgresOptions options, string? keys, TimeProvider time, ILogger logger)
{
    /// <summary>Room that must be left on the disk beside the files of the database, for the log that is written meanwhile.</summary>
    private const long LogRoom = 256 << 20;

    /// <summary>Makes a backup in a folder that is empty or does not exist. What fails half way is removed again.</summary>
    /// <returns>What is in it, for people.</returns>
    public async Task<string> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(folder);
        var existed = Directory.Exists(target);
        if (File.Exists(target) || (existed && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new EmbeddedPostgresException($"{target} is not empty. Name a folder that is empty, or does not exist yet.");
        }

        try
        {
            HubDataDirectory.Create(target, HubDataDirectory.Private);
            var manifest = await CopyAsync(target, cancellationToken);
            return $"Backed up {manifest.Files.Count} files, {manifest.Bytes >> 20} MiB, to {target}: "
                + $"everything that was acknowledged before {manifest.BegunAt:u}. "
                + (
                    manifest.HasKeys
                        ? "The key ring is in it: whoever reads that folder can read your secrets."
                        : "The key ring is not in it: keep a copy of it elsewhere, as secrets cannot be read without it."
                );
        }
        catch
        {
            Clear(target, existed);
            throw;
        }
    }

    private async Task<BackupManifest> CopyAsync(string target, CancellationToken cancellationToken)
    {
        await using var source = await BackupSource.OpenAsync(options, logger, cancellationToken);
        if (target == source.ClusterPath || target.StartsWith(source.ClusterPath + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new EmbeddedPostgresException($"{target} lies in the database itself. Name another folder.");
        }

        ThrowIfNoRoom(target, source.ClusterPath);
        var begunAt = time.GetUtcNow();
        await using var session = await BackupSession.BeginAsync(source.ConnectionString, cancellationToken);
        using var copy = new CheckedCopy();
        var files = new List<BackupFile>();
        var folders = await CopyClusterAsync(copy, source.ClusterPath, target, files, cancellationToken);
        var (label, log) = await session.EndAsync(cancellationToken);
        await CopyLogAsync(copy, source.ClusterPath, target, log, files, cancellationToken);
        await AddLabelAsync(copy, target, label, files, cancellationToken);

        // After the database: a key that it uses by now is there by now.
        await CopyKeysAsync(copy, target, files, cancellationToken);
        copy.Flush([target], cancellationToken);
        foreach (var folder in folders)
        {
            DiskFlush.Folder(Path.Combine(target, folder));
        }

        var manifest = new BackupManifest(BackupManifest.PresentFormat, source.Major, begunAt, time.GetUtcNow(), keys is not null, folders, files);
        await manifest.WriteAsync(target, cancellationToken);
        DiskFlush.Folder(Path.GetDirectoryName(target)!);
        return manifest;
    }

    private static async Task<List<string>> CopyClusterAsync(
        CheckedCopy copy,
        string cluster,
        string target,
        List<BackupFile> files,
        CancellationToken cancellationToken
    )
    {
        var (folders, names) = ClusterFiles.Of(cluster);
        folders = [BackupManifest.Cluster, .. folders.Select(folder => $"{BackupManifest.Cluster}/{folder}")];
        foreach (var folder in folders)
        {
            HubDataDirectory.Create(Path.Combine(target, folder), HubDataDirectory.Private);
        }

        foreach (var name in names.Append(ClusterFiles.Control))
        {
            var into = $"{BackupManifest.Cluster}/{name}";
            try
            {
                files.Add(await copy.CopyAsync(Path.Combine(cluster, name), Path.Combine(target, into), into, cancellationToken));
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && name != ClusterFiles.Control)
            {
                // Dropped since it was listed: the log, from which the copy is brought up to date, drops it there too.
            }
        }

        return folders;
    }

    private static async Task CopyLogAsync(
        CheckedCopy copy,
        string cluster,
        string target,
        IReadOnlyList<string> log,
        List<BackupFile> files,
        CancellationToken cancellationToken
    )
    {
        foreach (var name in log)
        {
            var into = $"{BackupManifest.Cluster}/pg_wal/{name}";
            try
            {
                files.Add(await copy.CopyAsync(Path.Combine(cluster, "pg_wal", name), Path.Combine(target, into), into, cancellationToken));
            }
            catch (FileNotFoundException exception)
            {
                throw new EmbeddedPostgresException(
                    $"The database no longer has the piece {name} of its log: more was written during the backup than it keeps. "
                        + "Take another one at a quieter time.",
                    exception
                );
            }
        }
    }

    private static async Task AddLabelAsync(CheckedCopy copy, string target, string label, List<BackupFile> files, CancellationToken cancellationToken)
    {
        var aside = Path.Combine(target, "label");
        await File.WriteAllTextAsync(aside, label, cancellationToken);
        const string Into = $"{BackupManifest.Cluster}/backup_label";
        files.Add(await copy.CopyAsync(aside, Path.Combine(target, Into), Into, cancellationToken));
        File.Delete(aside);
    }

    private async Task CopyKeysAsync(CheckedCopy copy, string target, List<BackupFile> files, CancellationToken cancellationToken)
    {
        if (keys is null)
        {
            return;
        }

        HubDataDirectory.Create(Path.Combine(target, BackupManifest.Keys), HubDataDirectory.Private);
        foreach (var file in Directory.EnumerateFiles(keys, "*.xml").Order(StringComparer.Ordinal))
        {
            var into = $"{BackupManifest.Keys}/{Path.GetFileName(file)}";
            files.Add(await copy.CopyAsync(file, Path.Combine(target, into), into, cancellationToken));
        }
    }

    private static void ThrowIfNoRoom(string target, string cluster)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var needed = LogRoom + new DirectoryInfo(cluster).EnumerateFiles("*", everything).Sum(file => file.Exists ? file.Length : 0);
        if (new DriveInfo(target).AvailableFreeSpace is var free && free < needed)
        {
            throw new EmbeddedPostgresException(
                $"The backup may need {needed >> 20} MiB, and {target} has room for {free >> 20} MiB. Make room, or name another folder."
            );
        }
    }

    private void Clear(string target, bool existed)
    {
        try
        {
            if (!existed)
            {
                Directory.Delete(target, recursive: true);
                return;
            }

            foreach (var entry in new DirectoryInfo(target).EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo folder)
                {
                    folder.Delete(recursive: true);
                }
                else
                {
                    entry.Delete();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotCleared(logger, target, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What was copied to {Folder} before the backup failed could not be removed: {Reason}")]
        public static partial void NotCleared(ILogger logger, string folder, string reason);
    }
}
