using System.Text.Json.Serialization;

namespace Hub.Connectors.Signatures;

/// <summary>One piece of what is signed.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Text">The text of a literal, the name of a header, or the JSON Pointer of a body field.</param>
public sealed record SignedPart(SignedPartKind Part, string Text = "");

[JsonConverter(typeof(JsonStringEnumConverter<SignedPartKind>))]
public enum SignedPartKind
{
    [JsonStringEnumMemberName("literal")]
    Literal,

    /// <summary>A header's value; the request is refused without it.</summary>
    [JsonStringEnumMemberName("header")]
    Header,

    /// <summary>The timestamp's text as sent.</summary>
    [JsonStringEnumMemberName("timestamp")]
    Timestamp,

    [JsonStringEnumMemberName("id")]
    Id,

    /// <summary>The raw bytes.</summary>
    [JsonStringEnumMemberName("body")]
    Body,

    /// <summary>The public URL, query included.</summary>
    [JsonStringEnumMemberName("url")]
    Url,

    /// <summary>The public URL with the percent-encoded punctuation that HubSpot names written plainly.</summary>
    [JsonStringEnumMemberName("decoded-url")]
    DecodedUrl,

    [JsonStringEnumMemberName("method")]
    Method,

    /// <summary>A form body's fields by name, each name followed by its value, as Twilio does; other bodies are refused.</summary>
    [JsonStringEnumMemberName("sorted-form")]
    SortedForm,

    /// <summary>A field of the JSON body, or of one item where the profile names items; absent and null count as empty.</summary>
    [JsonStringEnumMemberName("body-field")]
    BodyField,
}
