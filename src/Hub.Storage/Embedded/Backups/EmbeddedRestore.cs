using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded.Backups;

/// <summary>Puts a backup into an empty data directory, checking every byte. The hub that starts there starts paused.</summary>
/// <param name="keys">The folder for the key ring.</param>
public sealed class EmbeddedRestore(EmbeddedPostgresOptions options, string keys, ILogger logger)
{
    /// <returns>What was restored, for people.</returns>
    /// <exception cref="EmbeddedPostgresException">The backup is not whole or was changed, or the directory is in use; nothing is left then.</exception>
    public async Task<string> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var source = Path.GetFullPath(folder);
        var manifest = await BackupManifest.ReadAsync(source, cancellationToken);
        var data = HubDataDirectory.Open(options.DataDirectory);
        using var hubLock = HubLock.Take(data);
        HubDataDirectory.Create(keys, HubDataDirectory.Private);
        if (File.Exists(data.LocationFile) || HoldsAnything(data.DatabasePath))
        {
            throw new EmbeddedPostgresException($"{data.Path} holds a database already. Name an empty one with Hub__DataDirectory, or move that one away.");
        }

        if (manifest.HasKeys && HoldsAnything(keys))
        {
            throw new EmbeddedPostgresException($"{keys} holds a key ring already. Move it away: the backup brings its own.");
        }

        var cluster = await ClusterDirectory.LocateAsync(data, isCopy: false, logger, cancellationToken);
        var staging = Path.Combine(cluster.Home, $"{ClusterInitializer.Staging}restore");
        try
        {
            await CopyAsync(manifest, source, staging, cluster.Account, cancellationToken);
            await new HubHome(data).MarkRestoredAsync(cancellationToken);
            Directory.Move(staging, cluster.Path);
            DiskFlush.Folder(cluster.Home);
            DiskFlush.Folder(data.Path);
        }
        catch
        {
            Clear(manifest, staging);
            throw;
        }

        return $"Restored {manifest.Files.Count} files, {manifest.Bytes >> 20} MiB, to {data.Path}: "
            + $"everything that was acknowledged before {manifest.BegunAt:u}. "
            + "The hub starts paused there: look around, then POST /api/v1/resume."
            + (manifest.HasKeys ? "" : $" The backup has no key ring: put yours into {keys} before, as secrets cannot be read without it.");
    }

    private async Task CopyAsync(BackupManifest manifest, string source, string staging, ServerAccount account, CancellationToken cancellationToken)
    {
        foreach (var path in manifest.Folders.Select(TargetOf))
        {
            HubDataDirectory.Create(path, HubDataDirectory.Private);
            account.Own(path);
        }

        using var copy = new CheckedCopy();
        foreach (var file in manifest.Files)
        {
            var from = Path.Combine(source, file.Path);
            if (!File.Exists(from) || await copy.CopyAsync(from, TargetOf(file.Path), file.Path, cancellationToken) is var found && found != file)
            {
                throw new EmbeddedPostgresException($"{from} is not as it was when the backup was made. Nothing was restored; use another backup.");
            }

            if (!IsKey(file.Path))
            {
                account.Own(TargetOf(file.Path));
            }
        }

        copy.Flush([staging, keys], cancellationToken);

        string TargetOf(string path) =>
            IsKey(path)
                ? Path.Combine(keys, path[(BackupManifest.Keys.Length + 1)..])
                : Path.Combine(staging, path[BackupManifest.Cluster.Length..].TrimStart('/'));
    }

    private static bool HoldsAnything(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    private static bool IsKey(string path) => path.StartsWith($"{BackupManifest.Keys}/", StringComparison.Ordinal);

    /// <summary>The key ring was empty before, so all that is in it now was brought by this restore.</summary>
    private void Clear(BackupManifest manifest, string staging)
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }

        foreach (var key in manifest.Files.Where(file => IsKey(file.Path)))
        {
            File.Delete(Path.Combine(keys, key.Path[(BackupManifest.Keys.Length + 1)..]));
        }
    }
}
