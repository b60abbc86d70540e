using System.ComponentModel.DataAnnotations;

namespace Hub.Storage;

/// <summary>Which PostgreSQL the hub uses. <c>ConnectionStrings:Hub</c> names one; without it the hub starts its own.</summary>
public sealed class DatabaseOptions
{
    /// <summary>From <c>ConnectionStrings:Hub</c>; empty starts the embedded server.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Connections this node may hold: half of them for what webhooks and executions wait for, half for everything else.</summary>
    [Range(8, 1000)]
    public int MaxConnections { get; set; } = 40;

    /// <summary>How long the start waits for a server that does not answer yet.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
