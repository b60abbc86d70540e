using System.Text.Json.Serialization;

namespace Hub.Signatures;

/// <summary>Where the time of signing is. Exactly one of the three places is given.</summary>
/// <param name="Header">A header of its own.</param>
/// <param name="Key">An entry of the signature header: <c>t</c>.</param>
/// <param name="BodyField">
/// A field of a JSON body: a JSON Pointer, or the name of a field at the top. Read only after the signature over it was found right, and may be absent.
/// </param>
/// <param name="Unit">What the number counts since 1970, or that it is a date.</param>
/// <param name="ToleranceSeconds">How far it may lie from the receipt, either way.</param>
public sealed record TimestampPlace(
    string? Header = null,
    string? Key = null,
    string? BodyField = null,
    TimestampUnit Unit = TimestampUnit.Seconds,
    int ToleranceSeconds = 300
)
{
    /// <summary>The body field as a JSON Pointer.</summary>
    [JsonIgnore]
    public string? BodyPointer => BodyField is null || BodyField.StartsWith('/') ? BodyField : "/" + BodyField;
}

[JsonConverter(typeof(JsonStringEnumConverter<TimestampUnit>))]
public enum TimestampUnit
{
    [JsonStringEnumMemberName("seconds")]
    Seconds,

    [JsonStringEnumMemberName("milliseconds")]
    Milliseconds,

    /// <summary>A date and time with its offset: <c>2021-03-25T05:09:27Z</c>.</summary>
    [JsonStringEnumMemberName("iso8601")]
    Iso8601,
}
