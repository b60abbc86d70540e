using System.ComponentModel.DataAnnotations;

namespace Hub.Storage.Embedded;

/// <summary>The hub's own PostgreSQL server. Bound from <c>Hub:Embedded</c>; the data directory comes from <c>Hub:DataDirectory</c>.</summary>
public sealed class EmbeddedPostgresOptions
{
    public const string Section = "Hub:Embedded";

    /// <summary>Where the hub keeps its state. Empty: /var/lib/flowpilot for root, else the user's local application data.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>Folder that holds <c>postgres</c> and <c>initdb</c>. Empty: found or fetched.</summary>
    public string? BinDirectory { get; set; }

    /// <summary>Where fetched binaries are kept, shared by all data directories of this user. Empty: beside the default data directory.</summary>
    public string? BinariesDirectory { get; set; }

    /// <summary>Loopback TCP port. Empty or 0: a free one is chosen and remembered.</summary>
    [Range(0, 65535)]
    public int? Port { get; set; }

    /// <summary>How long a start, crash recovery included, may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stop may take before open sessions are cut off.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Further server settings (postgresql.conf names); they win over the hub's own.</summary>
    public Dictionary<string, string> Settings { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}
