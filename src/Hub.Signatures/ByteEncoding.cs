using System.Text.Json.Serialization;

namespace Hub.Signatures;

/// <summary>How bytes are written as text.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ByteEncoding>))]
public enum ByteEncoding
{
    [JsonStringEnumMemberName("hex")]
    Hex,

    [JsonStringEnumMemberName("base64")]
    Base64,

    /// <summary>The text's own UTF-8 bytes; for secrets and tokens.</summary>
    [JsonStringEnumMemberName("utf8")]
    Utf8,
}
