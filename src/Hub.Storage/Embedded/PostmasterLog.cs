using System.Text;

namespace Hub.Storage.Embedded;

/// <summary>The server's log file: kept within a bound, and read for the cause of a failed start.</summary>
internal sealed class PostmasterLog(ClusterDirectory cluster)
{
    public const long Limit = 10 * 1024 * 1024;
    private const int TailBytes = 2048;

    public long Length => File.Exists(cluster.LogFile) ? new FileInfo(cluster.LogFile).Length : 0;

    /// <summary>Past the limit the text moves to one older file. The server appends, so it goes on writing at the new end.</summary>
    public void Trim()
    {
        if (Length <= Limit)
        {
            return;
        }

        File.Copy(cluster.LogFile, cluster.LogFile + ".1", overwrite: true);
        using var file = new FileStream(cluster.LogFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(0);
    }

    /// <summary>The last lines written since the log had that length.</summary>
    public string Since(long length)
    {
        if (!File.Exists(cluster.LogFile))
        {
            return "";
        }

        using var file = new FileStream(cluster.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Max(Math.Min(length, file.Length), file.Length - TailBytes);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd().Trim();
    }
}
