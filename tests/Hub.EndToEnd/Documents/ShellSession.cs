using System.Diagnostics;
using System.Text;

namespace Hub.EndToEnd.Documents;

/// <summary>One bash that keeps its variables and functions from command to command, as a reader's terminal does.</summary>
internal sealed class ShellSession : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process _shell;
    private int _commands;
    private string _lastComplaint = "";

    /// <summary>The last line of its standard error, for failures.</summary>
    public string LastComplaint => Volatile.Read(ref _lastComplaint);

    public ShellSession(string folder)
    {
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        _shell = Process.Start(start)!;
        _shell.ErrorDataReceived += (_, line) => Interlocked.Exchange(ref _lastComplaint, line.Data ?? _lastComplaint);
        _shell.BeginErrorReadLine();
    }

    /// <summary>What a command printed, and its exit code.</summary>
    public async Task<(string Output, int ExitCode)> RunAsync(string command)
    {
        var mark = $"--- end of command {++_commands} ---";
        await _shell.StandardInput.WriteAsync($"{{\n{command}\n}}; printf '\\n{mark} %s\\n' $?\n");
        await _shell.StandardInput.FlushAsync();
        var output = new StringBuilder();
        while (await _shell.StandardOutput.ReadLineAsync().WaitAsync(Limit) is { } line)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
            {
                return (output.ToString().Trim(), int.Parse(line[(mark.Length + 1)..]));
            }

            output.AppendLine(line);
        }

        return (output.ToString(), -1);
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }
}
