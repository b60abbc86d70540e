namespace Hub.Routing.Writing;

/// <summary>More was to be written than there is room for. What was written so far is torn.</summary>
#pragma warning disable CA1032 // It always has a limit.
public sealed class JsonLimitException(int limit) : Exception($"It has more than {limit} bytes")
#pragma warning restore CA1032
{
    /// <summary>The most bytes.</summary>
    public int Limit { get; } = limit;
}
