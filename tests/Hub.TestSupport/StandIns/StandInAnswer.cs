namespace Hub.TestSupport.StandIns;

/// <summary>What a stand-in answers.</summary>
/// <param name="RetryAfter">The Retry-After header, or null for none.</param>
/// <param name="Headers">Other headers, or null for none.</param>
public sealed record StandInAnswer(
    int Status,
    string Body = "{}",
    string ContentType = "application/json",
    string? RetryAfter = null,
    IReadOnlyDictionary<string, string>? Headers = null
)
{
    public static StandInAnswer Ok { get; } = new(200);
}
