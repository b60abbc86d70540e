using System.Text.Json;

namespace Hub.Storage.Embedded.Backups;

/// <summary>What is in a backup. It is written last, so a folder without it holds no whole backup.</summary>
/// <param name="Format">1.</param>
/// <param name="PostgresMajor">The version that the database needs.</param>
/// <param name="BegunAt">Everything acknowledged before this time is in it.</param>
/// <param name="HasKeys">Whether the key ring is in it, without which secrets cannot be read.</param>
/// <param name="Folders">Those of the cluster, relative to the backup, parents first.</param>
internal sealed record BackupManifest(
    int Format,
    int PostgresMajor,
    DateTimeOffset BegunAt,
    DateTimeOffset EndedAt,
    bool HasKeys,
    IReadOnlyList<string> Folders,
    IReadOnlyList<BackupFile> Files
)
{
    public const int PresentFormat = 1;
    public const string FileName = "backup.json";

    /// <summary>The folder of the database in a backup.</summary>
    public const string Cluster = "cluster";

    /// <summary>The folder of the key ring in a backup.</summary>
    public const string Keys = "keys";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public long Bytes => Files.Sum(file => file.Bytes);

    public async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        await File.WriteAllTextAsync(path + ".new", JsonSerializer.Serialize(this, Json), cancellationToken);
        DiskFlush.File(path + ".new");
        File.Move(path + ".new", path);
        DiskFlush.Folder(folder);
    }

    /// <exception cref="EmbeddedPostgresException">The folder holds no whole backup that this version can read.</exception>
    public static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new EmbeddedPostgresException(
                $"{folder} holds no whole backup: there is no {FileName} in it. A backup that was broken off leaves none; take another one."
            );
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllTextAsync(path, cancellationToken), Json);
            return
                manifest is { Format: PresentFormat, Files: not null, Folders: not null }
                && manifest.Files.Select(file => file.Path).Concat(manifest.Folders).All(IsInside)
                ? manifest
                : throw new EmbeddedPostgresException(
                    $"{path} is of another format than this version of FlowPilot reads. Restore with the version that made the backup, or a newer one."
                );
        }
        catch (JsonException exception)
        {
            throw new EmbeddedPostgresException($"{path} cannot be read: {exception.Message} Take another backup.", exception);
        }
    }

    /// <summary>Nothing outside of what is being restored is ever written.</summary>
    private static bool IsInside(string path) =>
        !Path.IsPathRooted(path)
        && path.Split('/') is [Cluster or Keys, ..] parts
        && !parts.Any(part => part is ".." or "." || part.Contains('\\', StringComparison.Ordinal));
}

/// <param name="Path">Relative to the backup, with <c>/</c> between its parts.</param>
/// <param name="Sha256">In hexadecimal.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256);
