namespace Hub.Storage.Embedded;

/// <summary>The places where binaries are looked for; the machine's own unless a test says otherwise.</summary>
internal sealed record BinariesSearch(string? Explicit, string PackageDirectory, string? SearchPath, IReadOnlyList<string> Installed)
{
    private static readonly string[] InstallPatterns =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql@*/bin",
        "/usr/local/opt/postgresql@*/bin",
        "/Library/PostgreSQL/*/bin",
    ];

    public static BinariesSearch OnThisMachine(EmbeddedPostgresOptions options) =>
        new(
            string.IsNullOrWhiteSpace(options.BinDirectory) ? null : options.BinDirectory,
            string.IsNullOrWhiteSpace(options.BinariesDirectory)
                ? Path.Combine(HubDataDirectory.DefaultPath(), "postgresql")
                : Path.GetFullPath(options.BinariesDirectory),
            Environment.GetEnvironmentVariable("PATH"),
            [.. InstallPatterns.SelectMany(Expand)]
        );

    // One star, in one folder's name.
    private static IEnumerable<string> Expand(string pattern)
    {
        var bin = Path.GetFileName(pattern);
        var versions = Path.GetDirectoryName(pattern)!;
        var root = Path.GetDirectoryName(versions)!;
        return Directory.Exists(root)
            ? Directory.EnumerateDirectories(root, Path.GetFileName(versions)).Select(folder => Path.Combine(folder, bin)).Where(Directory.Exists)
            : [];
    }
}
