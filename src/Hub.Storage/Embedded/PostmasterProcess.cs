using System.Diagnostics;

namespace Hub.Storage.Embedded;

/// <summary>A running server: a child of this process, or one left behind by a hub that was killed.</summary>
internal sealed class PostmasterProcess(int id, ClusterDirectory cluster, Process? child)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    public int Id => id;

    public bool IsAlive => Serves(id, cluster);

    /// <summary>True when the process lives and is a server for exactly this cluster; pids are used again, zombies have no command line.</summary>
    public static bool Serves(int pid, ClusterDirectory cluster)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                var arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
                var directory = Array.IndexOf(arguments, "-D") + 1;
                return Path.GetFileName(arguments[0]) == "postgres" && directory > 0 && arguments[directory] == cluster.Path;
            }

            using var process = Process.GetProcessById(pid);
            return !process.HasExited && process.ProcessName == "postgres";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    public async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        if (child?.Id == id)
        {
            await child.WaitForExitAsync(cancellationToken);
            return;
        }

        while (IsAlive)
        {
            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    /// <summary>Lets sessions be cut off in order (fast), and after the timeout at once. False when the server survives both.</summary>
    public async Task<bool> StopAsync(TimeSpan timeout) =>
        await StopAsync(PostmasterSignal.Fast, timeout) || await StopAsync(PostmasterSignal.Immediate, TimeSpan.FromSeconds(10));

    private async Task<bool> StopAsync(PostmasterSignal signal, TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        try
        {
            if (IsAlive)
            {
                await SendAsync(signal, patience.Token);
                await WaitForExitAsync(patience.Token);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SendAsync(PostmasterSignal signal, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Libc.Kill(id, (int)signal);
            return;
        }

        // Windows has no signals; the server's own tool speaks to it over a pipe.
        using var process = Process.GetProcessById(id);
        var tool = Path.Combine(Path.GetDirectoryName(process.MainModule!.FileName)!, "pg_ctl.exe");
        await Command.RunAsync(cluster.Account, tool, ["kill", signal == PostmasterSignal.Fast ? "INT" : "QUIT", $"{id}"], cancellationToken);
    }
}
