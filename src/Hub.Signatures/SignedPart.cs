using System.Text.Json.Serialization;

namespace Hub.Signatures;

/// <summary>One piece of what is signed.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Text">The text of a literal, the name of a header, or the JSON Pointer of a body field or line.</param>
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

    /// <summary>The body's CRC-32 as a decimal number. It covers nothing: anybody can make another body with the same.</summary>
    [JsonStringEnumMemberName("body-crc32")]
    BodyCrc32,

    /// <summary>The secret's bytes.</summary>
    [JsonStringEnumMemberName("secret")]
    Secret,

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

    /// <summary>
    /// A field of the JSON body as two lines, its name and its value, as Amazon SNS does; nothing where it is absent. Only the value of the first such part
    /// may hold line breaks, so that what is signed can be read in one way.
    /// </summary>
    [JsonStringEnumMemberName("body-line")]
    BodyLine,
}
