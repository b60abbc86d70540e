using System.Runtime.InteropServices;
using Hub.LoadBench.Servers;

namespace Hub.LoadBench;

/// <summary>Where the figures come from.</summary>
internal sealed record Machine(int Cores, string Processor, string System, string DotNet, string PostgreSql, string Settings)
{
    public static async Task<Machine> DescribeAsync(DatabaseServer database) =>
        new(
            Environment.ProcessorCount,
            Processors(),
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            await database.AskAsync("SELECT current_setting('server_version')"),
            await database.AskAsync(
                "SELECT string_agg(name || '=' || current_setting(name), ', ') FROM unnest(ARRAY['fsync', 'synchronous_commit', 'full_page_writes', "
                    + "'wal_compression', 'shared_buffers']) AS name"
            )
        );

    private static string Processors()
    {
        const string File = "/proc/cpuinfo";
        var model = global::System.IO.File.Exists(File)
            ? global::System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return model ?? $"{RuntimeInformation.ProcessArchitecture}";
    }
}
