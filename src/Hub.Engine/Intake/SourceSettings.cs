using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Engine.Intake;

/// <summary>What a Source asks of requests, and how it answers them. What is left out is not asked.</summary>
public sealed record SourceSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The methods of deliveries, upper-case; POST alone unless given.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>The media types that are taken, such as <c>application/json</c> or <c>text/*</c>; all unless given.</summary>
    public IReadOnlyList<string>? ContentTypes { get; init; }

    /// <summary>The networks that senders are in, as CIDR; all unless given.</summary>
    public IReadOnlyList<string>? AllowedAddresses { get; init; }

    public RateLimitSettings? RateLimit { get; init; }

    public AnswerSettings? Respond { get; init; }

    /// <summary>How long the key of a delivery is remembered, such as <c>12h</c>; 7 days unless given.</summary>
    public string? DedupeWindow { get; init; }

    /// <summary>What workflows are given of a body; what it is found to be unless given.</summary>
    public BodyReading? BodyAs { get; init; }

    /// <param name="json">As written by <see cref="ToJson"/>; null for the usual.</param>
    public static SourceSettings Read(string? json) => json is null ? new SourceSettings() : JsonSerializer.Deserialize<SourceSettings>(json, Json)!;

    /// <summary>False when what is kept cannot be read; the settings are then the usual.</summary>
    public static bool TryRead(string? json, out SourceSettings settings)
    {
        try
        {
            settings = Read(json);
            return true;
        }
        catch (JsonException)
        {
            settings = new SourceSettings();
            return false;
        }
    }

    /// <summary>Null when nothing is set.</summary>
    public string? ToJson() => this == new SourceSettings() ? null : JsonSerializer.Serialize(this, Json);
}

/// <param name="PerSecond">Requests a second that each node takes on average.</param>
/// <param name="Burst">Requests that may come at once.</param>
public sealed record RateLimitSettings(double PerSecond, int Burst);
