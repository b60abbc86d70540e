namespace Hub.Connectors.Http;

/// <summary>An answer, of whatever status, read to its end.</summary>
/// <param name="Status">100 to 999; no redirect unless it had no usable place to go to.</param>
/// <param name="Url">What was called last, after redirects.</param>
/// <param name="Headers">Lower-case names; several values are joined by a comma and a space.</param>
/// <param name="Body">Decompressed bytes.</param>
/// <param name="ReceivedAt">When its head arrived.</param>
public sealed record OutboundResponse(int Status, Uri Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    /// <summary>The most bytes that the body may be as JSON.</summary>
    public int MaxJsonBytes { get; init; } = int.MaxValue;

    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>What the other side asked to wait, from Retry-After in either form; null when it did not ask. Never negative, at most a day.</summary>
    public TimeSpan? RetryAfter => Headers.TryGetValue("retry-after", out var text) ? RetryHint.ReadRetryAfter(text, ReceivedAt) : null;

    /// <summary>The media type in lower case without parameters; empty when not told.</summary>
    public string MediaType => ResponseBody.MediaTypeOf(Headers.GetValueOrDefault("content-type", ""));
}
