using System.Text.Json.Serialization;

namespace Hub.Signatures.Doctor;

/// <summary>Why a request was refused. The written names are stable.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SignatureCause>))]
public enum SignatureCause
{
    [JsonStringEnumMemberName("wrong_secret")]
    WrongSecret,

    [JsonStringEnumMemberName("expired_secret")]
    ExpiredSecret,

    [JsonStringEnumMemberName("other_sources_secret")]
    OtherSourcesSecret,

    [JsonStringEnumMemberName("body_reserialized")]
    BodyReserialized,

    [JsonStringEnumMemberName("encoding_mixup")]
    EncodingMixup,

    [JsonStringEnumMemberName("prefix_missing")]
    PrefixMissing,

    [JsonStringEnumMemberName("wrong_algorithm")]
    WrongAlgorithm,

    [JsonStringEnumMemberName("clock_skew")]
    ClockSkew,

    [JsonStringEnumMemberName("replay")]
    Replay,

    [JsonStringEnumMemberName("header_missing")]
    HeaderMissing,

    [JsonStringEnumMemberName("header_duplicated")]
    HeaderDuplicated,

    [JsonStringEnumMemberName("compressed_body")]
    CompressedBody,

    [JsonStringEnumMemberName("wrong_url")]
    WrongUrl,

    [JsonStringEnumMemberName("secret_format")]
    SecretFormat,

    [JsonStringEnumMemberName("wrong_scheme")]
    WrongScheme,

    [JsonStringEnumMemberName("body_empty")]
    BodyEmpty,

    [JsonStringEnumMemberName("body_unfit")]
    BodyUnfit,

    [JsonStringEnumMemberName("timestamp_unreadable")]
    TimestampUnreadable,
}
