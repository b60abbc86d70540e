using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Hub.EndToEnd;

/// <summary>Watches with strace when a PostgreSQL server, in any of its processes, flushes its log to the disk.</summary>
internal sealed partial class FlushTrace : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Process _strace;
    private readonly string _file;

    private FlushTrace(Process strace, string file) => (_strace, _file) = (strace, file);

    /// <summary>Watches from now on; or the reason why nobody can here.</summary>
    public static async Task<(FlushTrace? Trace, string Reason)> TryAttachAsync(int postmaster)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var file = Path.GetTempFileName();
            Process strace;
            try
            {
                strace = Start(postmaster, file);
            }
            catch (Win32Exception)
            {
                File.Delete(file);
                return (null, "strace is not installed");
            }

            var trace = new FlushTrace(strace, file);
            if (await trace.HasAllAsync(postmaster))
            {
                return (trace, "");
            }

            var ended = strace.HasExited;
            await trace.DisposeAsync();
            if (ended)
            {
                return (null, "strace may not attach to the server");
            }
        }

        return (null, "the server forks faster than strace attaches");
    }

    /// <summary>Stops watching: every flush of the log that succeeded, with its begin and end.</summary>
    public async Task<IReadOnlyList<Flush>> StopAsync()
    {
        ProcessSignal.Interrupt(_strace.Id);
        await _strace.WaitForExitAsync().WaitAsync(Limit);
        var flushes = new List<Flush>();
        var begun = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in await File.ReadAllLinesAsync(_file))
        {
            var call = Call().Match(line);
            if (!call.Success)
            {
                continue;
            }

            var (process, at) = (call.Groups["process"].Value, Microseconds(call.Groups["at"].Value));
            if (call.Groups["resumed"].Success)
            {
                if (begun.Remove(process, out var since) && call.Groups["took"].Success)
                {
                    flushes.Add(new Flush(since, at));
                }
            }
            else if (call.Groups["took"].Success)
            {
                flushes.Add(new Flush(at, at + Microseconds(call.Groups["took"].Value)));
            }
            else
            {
                begun[process] = at;
            }
        }

        return flushes;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_strace.HasExited)
        {
            ProcessSignal.Interrupt(_strace.Id);
            await _strace.WaitForExitAsync().WaitAsync(Limit);
        }

        _strace.Dispose();
        File.Delete(_file);
    }

    /// <summary>Follows what the server forks from now on, and every process that it has.</summary>
    private static Process Start(int postmaster, string file)
    {
        string[] options = ["-f", "-y", "-ttt", "-T", "-e", "trace=fdatasync,fsync", "-e", "signal=none", "-o", file];
        var processes = ProcessesOf(postmaster).SelectMany(process => new[] { "-p", $"{process}" });
        var start = new ProcessStartInfo("strace", [.. options, .. processes]) { RedirectStandardError = true, UseShellExecute = false };
        var strace = Process.Start(start)!;
        strace.ErrorDataReceived += (_, _) => { };
        strace.BeginErrorReadLine();
        return strace;
    }

    /// <summary>Waits until strace holds what it was told; false when it ended, or when there is a process that was forked meanwhile.</summary>
    private async Task<bool> HasAllAsync(int postmaster)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Limit && !_strace.HasExited; )
        {
            if (IsTraced(postmaster))
            {
                return ProcessesOf(postmaster).All(IsTraced);
            }

            // strace says nothing when it has attached; the kernel does when asked.
            await Task.Delay(10);
        }

        return false;
    }

    private bool IsTraced(int process) =>
        !File.Exists($"/proc/{process}/status") || File.ReadLines($"/proc/{process}/status").Contains($"TracerPid:\t{_strace.Id}");

    private static List<int> ProcessesOf(int postmaster) =>
        [
            .. File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse),
            // Attached last: who has it has the others.
            postmaster,
        ];

    private static long Microseconds(string seconds) => (long)(decimal.Parse(seconds, CultureInfo.InvariantCulture) * 1_000_000);

    // A call is told on one line, or on two when another process does something meanwhile.
    [GeneratedRegex(
        @"^(?<process>\d+) +(?<at>\d+\.\d+) (f(data)?sync\(\d+<[^>]*/pg_wal/[^>]*>|(?<resumed><\.\.\. f(data)?sync resumed>))(\) += 0 <(?<took>[\d.]+)>)?",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Call();
}

/// <summary>One flush of the log, in microseconds since 1970 as strace saw it: begun not after, and ended not before it really did.</summary>
internal readonly record struct Flush(long Begin, long End);
