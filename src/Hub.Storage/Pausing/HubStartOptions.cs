namespace Hub.Storage.Pausing;

/// <summary>How the hub starts. Bound from <c>Hub</c>.</summary>
public sealed class HubStartOptions
{
    public HubStart Start { get; set; }
}

public enum HubStart
{
    /// <summary>It runs, but on a copy of another hub's data directory it starts paused.</summary>
    Auto,

    /// <summary>It receives and runs nothing until it is resumed.</summary>
    Paused,

    /// <summary>It runs, also on a copy.</summary>
    Running,
}
