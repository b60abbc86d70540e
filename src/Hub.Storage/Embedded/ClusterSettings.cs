using System.Text;
using System.Text.RegularExpressions;

namespace Hub.Storage.Embedded;

/// <summary>The hub's part of the server's configuration, written anew at each start.</summary>
internal sealed partial class ClusterSettings
{
    public const string FileName = "flowpilot.conf";

    /// <summary>A cluster whose settings begin otherwise was last started by a version that could not back it up.</summary>
    private const string Header = "# Written by the hub at each start; change Hub:Embedded:Settings instead. Its role may back this cluster up.";

    // Only the hub speaks to this server, over loopback, with its password.
    public const string HostRules = "host all all 127.0.0.1/32 scram-sha-256\n";

    private readonly SortedDictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["listen_addresses"] = "127.0.0.1",
        ["unix_socket_directories"] = "",
        ["max_connections"] = "120",
        ["shared_buffers"] = "128MB",
        ["password_encryption"] = "scram-sha-256",
        ["timezone"] = "UTC",

        // What was acknowledged is on the disk.
        ["fsync"] = "on",
        ["synchronous_commit"] = "on",
        ["full_page_writes"] = "on",

        // No replicas. The log carries what a copy of the running cluster needs to be brought up to date, and is kept for it within a bound.
        ["wal_level"] = "replica",
        ["max_wal_senders"] = "0",
        ["max_slot_wal_keep_size"] = "16GB",
        ["min_wal_size"] = "128MB",
        ["max_wal_size"] = "1GB",
        ["checkpoint_timeout"] = "10min",

        // Short statements, many at once: the machine's cores belong to the hub, not to one query.
        ["jit"] = "off",
        ["max_parallel_workers_per_gather"] = "0",
        ["random_page_cost"] = "1.1",

        // The server's log holds neither statements nor the values in them.
        ["log_destination"] = "stderr",
        ["logging_collector"] = "off",
        ["log_line_prefix"] = "%m [%p] ",
        ["log_timezone"] = "UTC",
        ["log_statement"] = "none",
        ["log_min_error_statement"] = "panic",
        ["log_min_duration_statement"] = "-1",
        ["log_error_verbosity"] = "terse",
        ["log_parameter_max_length"] = "0",
        ["log_parameter_max_length_on_error"] = "0",
        ["lc_messages"] = "C",
    };

    public ClusterSettings(int port, string walCompression, IReadOnlyDictionary<string, string> extra)
    {
        _values["port"] = $"{port}";
        _values["wal_compression"] = walCompression;
        foreach (var (name, value) in extra)
        {
            _values[
                NamePattern().IsMatch(name) ? name : throw new EmbeddedPostgresException($"Hub:Embedded:Settings has {name}, which is no PostgreSQL setting.")
            ] = value;
        }
    }

    public string Render()
    {
        var text = new StringBuilder(Header + "\n");
        foreach (var (name, value) in _values)
        {
            text.Append($"{name} = '{Quote(value)}'\n");
        }

        return text.ToString();
    }

    public void Write(ClusterDirectory cluster)
    {
        File.WriteAllText(cluster.SettingsFile, Render());
        cluster.Account.Own(cluster.SettingsFile);
    }

    /// <summary>lz4 where this build has it (asked of the program itself), else PostgreSQL's own.</summary>
    public static async Task<string> WalCompressionAsync(PostgresBinaries binaries, ClusterDirectory cluster, CancellationToken cancellationToken)
    {
        string[] question = ["-D", cluster.Path, "-C", "wal_compression", "-c", "wal_compression=lz4"];
        return await Command.RunAsync(cluster.Account, binaries.Postgres, question, cancellationToken) is { Succeeded: true } ? "lz4" : "on";
    }

    /// <summary>The method in a cluster's present settings.</summary>
    public static string WalCompressionOf(ClusterDirectory cluster) =>
        File.Exists(cluster.SettingsFile) && File.ReadLines(cluster.SettingsFile).Contains("wal_compression = 'lz4'") ? "lz4" : "on";

    /// <summary>Whether the cluster was made, or last started, by a version that can back it up while it runs.</summary>
    public static bool AllowBackups(ClusterDirectory cluster) =>
        File.Exists(cluster.SettingsFile) && File.ReadLines(cluster.SettingsFile).FirstOrDefault() == Header;

    /// <summary>True when a running server already has these settings, so that it can be kept.</summary>
    public bool AreThoseOf(ClusterDirectory cluster) => File.Exists(cluster.SettingsFile) && File.ReadAllText(cluster.SettingsFile) == Render();

    private static string Quote(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal).ReplaceLineEndings(" ");

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
