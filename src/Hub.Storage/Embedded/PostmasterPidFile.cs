using System.Globalization;

namespace Hub.Storage.Embedded;

/// <summary>What the server says of itself in postmaster.pid. The file outlives a killed server, so its pid proves nothing.</summary>
internal sealed record PostmasterPidFile(int ProcessId, int Port, string Status)
{
    // Above any pid that a system gives out.
    private const int NobodysPid = int.MaxValue - 1;

    private const int PortLine = 3;
    private const int StatusLine = 7;

    public bool IsReady => Status == "ready";

    /// <summary>Null when there is no file, or none that can be read as one.</summary>
    public static PostmasterPidFile? Read(ClusterDirectory cluster)
    {
        var lines = Lines(cluster);
        if (lines.Length == 0 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) || pid <= 0)
        {
            return null;
        }

        _ = int.TryParse(lines.ElementAtOrDefault(PortLine), CultureInfo.InvariantCulture, out var port);
        return new PostmasterPidFile(pid, port, lines.ElementAtOrDefault(StatusLine)?.Trim() ?? "");
    }

    /// <summary>
    /// Makes a stale file harmless: PostgreSQL would take a foreign process with the recorded pid for its own. The other lines stay,
    /// as by them PostgreSQL still notices sessions of the dead server that have not ended yet.
    /// </summary>
    public static void Disown(ClusterDirectory cluster)
    {
        var lines = Lines(cluster);
        if (lines.Length == 0)
        {
            File.Delete(FileOf(cluster));
            return;
        }

        lines[0] = NobodysPid.ToString(CultureInfo.InvariantCulture);
        File.WriteAllText(FileOf(cluster), string.Join('\n', lines) + "\n");
    }

    private static string FileOf(ClusterDirectory cluster) => Path.Combine(cluster.Path, "postmaster.pid");

    private static string[] Lines(ClusterDirectory cluster)
    {
        try
        {
            return File.ReadAllLines(FileOf(cluster));
        }
        catch (IOException)
        {
            return [];
        }
    }
}
