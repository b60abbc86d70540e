namespace Hub.Storage.Retention;

/// <summary>A partition that holds the rows of one span of time.</summary>
/// <param name="Bytes">What it takes on disk, indexes and large values included.</param>
public sealed record Slice(string Name, DateTimeOffset From, DateTimeOffset To, long Bytes);
