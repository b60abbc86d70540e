namespace Hub.Routing.Workflows;

/// <summary>How often a failed step is tried, and how long apart.</summary>
public sealed record RetryPolicy
{
    public static RetryPolicy Default { get; } = new();

    /// <summary>Tries in all, the first included: 1 to 100.</summary>
    public int Attempts { get; init; } = 3;

    public BackoffKind Backoff { get; init; } = BackoffKind.Exponential;

    /// <summary>The delay before the second try.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between two tries.</summary>
    public TimeSpan Max { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>How the delay grows with each failed try.</summary>
public enum BackoffKind
{
    Exponential,
    Linear,
    Constant,
}
