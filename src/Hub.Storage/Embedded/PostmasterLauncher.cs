using System.ComponentModel;
using System.Diagnostics;

namespace Hub.Storage.Embedded;

/// <summary>
/// Starts the server in a session of its own: Ctrl-C goes to the hub's process group, and the hub still needs the server to finish
/// its work. The log goes to a file, as the server may outlive the hub.
/// </summary>
internal sealed class PostmasterLauncher(PostgresBinaries binaries, ClusterDirectory cluster)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan Detaching = TimeSpan.FromSeconds(5);

    private readonly PostmasterLog _log = new(cluster);

    /// <summary>The server once it answers, or what its log says when it ended instead.</summary>
    public async Task<(PostmasterProcess? Server, string Failure)> LaunchAsync(CancellationToken cancellationToken)
    {
        _log.Trim();
        var before = _log.Length;
        if (PostmasterPidFile.Read(cluster) is not { } stale || (Lives(stale.ProcessId) && !PostmasterProcess.Serves(stale.ProcessId, cluster)))
        {
            PostmasterPidFile.Disown(cluster);
        }

        var launcher = Start();
        try
        {
            var server = await ReadyAsync(launcher, cancellationToken);
            return (server, server is null ? _log.Since(before) : "");
        }
        catch (OperationCanceledException)
        {
            await AbortAsync(launcher);
            throw;
        }
    }

    private async Task<PostmasterProcess?> ReadyAsync(Process launcher, CancellationToken cancellationToken)
    {
        long? ended = null;
        while (true)
        {
            var said = PostmasterPidFile.Read(cluster);
            var serves = said is not null && PostmasterProcess.Serves(said.ProcessId, cluster);
            if (serves && said!.IsReady)
            {
                return new PostmasterProcess(said.ProcessId, cluster, launcher);
            }

            // A launcher that detaches the server ends well, a moment before the server has written its file.
            if (!serves && launcher.HasExited)
            {
                ended ??= Stopwatch.GetTimestamp();
                if (launcher.ExitCode != 0 || Stopwatch.GetElapsedTime(ended.Value) > Detaching)
                {
                    return null;
                }
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private async Task AbortAsync(Process launcher)
    {
        if (PostmasterPidFile.Read(cluster) is { } said && PostmasterProcess.Serves(said.ProcessId, cluster))
        {
            await new PostmasterProcess(said.ProcessId, cluster, launcher).StopAsync(TimeSpan.Zero);
        }
        else if (!launcher.HasExited)
        {
            launcher.Kill();
        }
    }

    private Process Start()
    {
        var setsid = OperatingSystem.IsWindows() ? null : Command.Find("setsid", Environment.GetEnvironmentVariable("PATH"));
        const string Script = "umask 077; log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1";
        var start = setsid is null
            ? Command.Prepare(cluster.Account, binaries.PgCtl, ["start", "-W", "-s", "-D", cluster.Path, "-l", cluster.LogFile], cluster.Home)
            : Command.Prepare(cluster.Account, "/bin/sh", ["-c", Script, "sh", cluster.LogFile, setsid, binaries.Postgres, "-D", cluster.Path], cluster.Home);
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            process.StandardOutput.Close();
            process.StandardError.Close();
            return process;
        }
        catch (Win32Exception error)
        {
            throw new EmbeddedPostgresException($"{start.FileName} could not be started.", error);
        }
    }

    private static bool Lives(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
