namespace Hub.Storage.Embedded.Backups;

/// <summary>Which files of a running cluster belong into a backup, as PostgreSQL's manual says (low-level base backups).</summary>
internal static class ClusterFiles
{
    /// <summary>Copied after all others: by it the server knows where to begin.</summary>
    public const string Control = "global/pg_control";

    /// <summary>Made anew by a server that starts; the log is copied by itself, once the backup has ended.</summary>
    private static readonly HashSet<string> WithoutContent = new(
        ["pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans"],
        StringComparer.Ordinal
    );

    private static readonly HashSet<string> LeftOut = new(
        [
            "postmaster.pid",
            "postmaster.opts",
            "backup_label",
            "backup_label.old",
            "tablespace_map",
            "tablespace_map.old",
            "backup_manifest",
            "current_logfiles",
        ],
        StringComparer.Ordinal
    );

    private static readonly string[] LeftOutBeginnings = ["pgsql_tmp", "pg_internal.init"];

    /// <summary>Folders and files relative to the cluster, with <c>/</c> between their parts; a folder comes before what is in it.</summary>
    public static (List<string> Folders, List<string> Files) Of(string cluster)
    {
        List<string> folders = [];
        List<string> files = [];
        Add("");
        files.Remove(Control);
        return (folders, files);

        void Add(string folder)
        {
            foreach (var entry in EntriesOf(Path.Combine(cluster, folder)))
            {
                var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
                if (LeftOut.Contains(path) || Array.Exists(LeftOutBeginnings, beginning => entry.Name.StartsWith(beginning, StringComparison.Ordinal)))
                {
                    continue;
                }

                if (entry is not DirectoryInfo)
                {
                    files.Add(path);
                    continue;
                }

                folders.Add(path);
                if (!WithoutContent.Contains(path))
                {
                    Add(path);
                }
            }
        }
    }

    /// <summary>The server drops files and folders meanwhile; what has gone was dropped for good, and the log says so too.</summary>
    private static FileSystemInfo[] EntriesOf(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
