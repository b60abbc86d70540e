using System.ComponentModel;
using System.Diagnostics;

namespace Hub.Storage.Embedded;

/// <summary>A program run to its end, with what it printed.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs programs with a bare environment, so that neither the hub's secrets nor the caller's PG* variables reach them.</summary>
internal static class Command
{
    private static readonly string[] Kept = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMP"];

    public static ProcessStartInfo Prepare(ServerAccount account, string program, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder ?? Path.GetPathRoot(Path.GetFullPath(program))!,
        };
        if (account.UserName is not null)
        {
            start.UserName = account.UserName;
        }

        foreach (var name in start.Environment.Keys.Except(Kept, StringComparer.OrdinalIgnoreCase).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }

    /// <summary>Null when the program cannot be started at all.</summary>
    public static async Task<CommandResult?> RunAsync(ProcessStartInfo start, string input, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await WriteAsync(process, input);
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, $"{await output}{await errors}".Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static Task<CommandResult?> RunAsync(ServerAccount account, string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(Prepare(account, program, arguments), "", cancellationToken);

    /// <summary>The first program of this name in a PATH-like list of folders.</summary>
    public static string? Find(string name, string? searchPath)
    {
        var endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : new[] { "" };
        return (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))
            .FirstOrDefault(File.Exists);
    }

    // A program that ends early closes its input; its exit code tells why.
    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException) { }
    }
}
