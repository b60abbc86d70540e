using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Hub.EndToEnd;

/// <summary>The hub as its users start it: a process of its own, with its own PostgreSQL in a folder of its own.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    public const string AdminKey = "end-to-end-admin-key-0123456789abcdef";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>Much is written by a command, and the disk may be busy.</summary>
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(3);

    static HubProcess() => ProcessSignal.HaveInterruptsHeard();

    private readonly string _folder;
    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _output = new();
    private Process? _process;
    private TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HubProcess(params (string Key, string Value)[] settings)
    {
        _folder = settings.FirstOrDefault(setting => setting.Key == "Hub__DataDirectory").Value
            ?? Path.Combine(Path.GetTempPath(), $"flowpilot-e2e-{Guid.CreateVersion7():N}");
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _settings = settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);
        Api = new HttpClient { BaseAddress = Address };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
    }

    public Uri Address { get; }

    public string DataDirectory => _folder;

    /// <summary>The process id of the hub alone.</summary>
    public int Id => _process!.Id;

    /// <summary>Reaches its own PostgreSQL, once it has been started.</summary>
    public string DatabaseConnectionString =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = int.Parse(File.ReadAllText(Path.Combine(_folder, "postgresql.port"))),
            Username = "flowpilot",
            Database = "flowpilot",
            Password = File.ReadAllText(Path.Combine(_folder, "postgresql.secret")).Trim(),
            Pooling = false,
        }.ConnectionString;

    /// <summary>Calls the API with the admin key.</summary>
    public HttpClient Api { get; }

    /// <summary>Everything all its lives have printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>A setting for the next start.</summary>
    public void Set(string key, string value) => _settings[key] = value;

    /// <summary>Starts it and returns when it says that it is ready; how long that took.</summary>
    public async Task<TimeSpan> StartAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = Prepare("dotnet", HubDll);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, ready);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"the hub ended before it was ready:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await ready.Task.WaitAsync(StartLimit);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Starts it by a shell script, which is given the command as its arguments; its output is a pipe that nobody reads.</summary>
    public Process StartUnheard(string script) => Process.Start(Prepare("/bin/sh", "-c", script, "sh", "dotnet", HubDll))!;

    /// <summary>Runs one of its commands, such as backup, to its end; the exit code and what was printed.</summary>
    public async Task<(int Exit, string Printed)> RunCommandAsync(params string[] arguments)
    {
        using var process = Process.Start(Prepare("dotnet", [HubDll, .. arguments]))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(CommandLimit);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Waits until what it printed matches; the match.</summary>
    public async Task<string> WaitForOutputAsync(Regex pattern)
    {
        await WaitForOutputAsync(pattern.IsMatch);
        return pattern.Match(Output).Value;
    }

    /// <summary>Waits until all that it printed fulfils a condition.</summary>
    public async Task WaitForOutputAsync(Predicate<string> condition)
    {
        for (var heard = Volatile.Read(ref _heard).Task; !condition(Output); heard = Volatile.Read(ref _heard).Task)
        {
            if (await Task.WhenAny(heard, Task.Delay(StartLimit)) != heard)
            {
                Assert.Fail($"it was not printed within {StartLimit.TotalSeconds} s:\n{Output}");
            }
        }
    }

    /// <summary>SIGKILL to the hub alone; its server stays behind as an orphan.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt() => ProcessSignal.Interrupt(_process!.Id);

    /// <summary>Ctrl-C, and the exit code once the process has ended.</summary>
    public async Task<int> InterruptAsync()
    {
        ProcessSignal.Interrupt(_process!.Id);
        await _process.WaitForExitAsync().WaitAsync(StartLimit);
        return _process.ExitCode;
    }

    /// <summary>The postmaster's process id, from the cluster's own pid file; false while there is none.</summary>
    public bool TryFindPostmaster(out int process)
    {
        var location = Path.Combine(_folder, "postgresql.location");
        var cluster = File.Exists(location) ? File.ReadAllText(location).Trim() : Path.Combine(_folder, "database");
        var file = Directory.EnumerateFiles(cluster, "postmaster.pid", SearchOption.AllDirectories).FirstOrDefault();
        try
        {
            process = file is null ? 0 : int.Parse(File.ReadLines(file).FirstOrDefault() ?? "0");
        }
        catch (FileNotFoundException)
        {
            process = 0;
        }

        return process > 0;
    }

    /// <summary>SIGKILL to the database server; its process id.</summary>
    public int KillPostmaster()
    {
        Assert.True(TryFindPostmaster(out var process), "there is no postmaster to kill");
        ProcessSignal.Kill(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_process is { HasExited: false })
        {
            await InterruptAsync();
        }

        _process?.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string HubDll =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "HubApi").Value!;

    private ProcessStartInfo Prepare(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["Hub__DataDirectory"] = _folder;
        start.Environment["Hub__AdminKey"] = AdminKey;
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        foreach (var (key, value) in _settings)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private void Hear(string? line, TaskCompletionSource ready)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        Interlocked.Exchange(ref _heard, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (line?.Contains("FlowPilot is ready at", StringComparison.Ordinal) == true)
        {
            ready.TrySetResult();
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
