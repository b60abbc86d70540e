using System.Globalization;
using System.Text.RegularExpressions;

namespace Hub.Storage.Embedded;

/// <summary>A folder of PostgreSQL programs that run on this machine as the server's user.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public string InitDb => Program(Folder, "initdb");

    public string Postgres => Program(Folder, "postgres");

    public string PgCtl => Program(Folder, "pg_ctl");

    /// <summary>Null unless the folder holds the programs and they run: a foreign architecture or a missing library shows here.</summary>
    public static async Task<PostgresBinaries?> ProbeAsync(string folder, ServerAccount account, CancellationToken cancellationToken)
    {
        if (!File.Exists(Program(folder, "initdb")))
        {
            return null;
        }

        var version = await Command.RunAsync(account, Program(folder, "postgres"), ["--version"], cancellationToken);
        var match = VersionPattern().Match(version?.Output ?? "");
        return version is { Succeeded: true } && match.Success
            ? new PostgresBinaries(folder, int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture))
            : null;
    }

    private static string Program(string folder, string name) => Path.GetFullPath(Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name));

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionPattern();
}
