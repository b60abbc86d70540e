using System.ComponentModel.DataAnnotations;

namespace Hub.Storage;

/// <summary>Which PostgreSQL the hub uses. <c>ConnectionStrings:Hub</c> names one; without it the hub starts its own.</summary>
public sealed class DatabaseOptions
{
    /// <summary>From <c>ConnectionStrings:Hub</c>; empty starts the embedded server.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>What is left at least for everything but commits.</summary>
    private const int LeastOthers = 10;

    /// <summary>Connections this node may hold: one for each writer of inbox and journal, one for <c>/health</c>, of the rest a quarter for the API.</summary>
    [Range(12, 1000)]
    public int MaxConnections { get; set; } = 40;

    /// <summary>How many of them commits need: the writers of inbox and journal together.</summary>
    internal int CommitConnections { get; set; } = 2;

    internal bool HasRoomForWriters => MaxConnections - CommitConnections >= LeastOthers;

    /// <summary>How long the start waits for a server that does not answer yet.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
