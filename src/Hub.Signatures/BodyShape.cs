using System.Text.Json.Serialization;

namespace Hub.Signatures;

/// <summary>What the bodies of a provider's deliveries are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BodyShape>))]
public enum BodyShape
{
    /// <summary>Anything.</summary>
    [JsonStringEnumMemberName("any")]
    Any,

    /// <summary>They begin as a JSON object; a request whose body does not is refused, however it is signed.</summary>
    [JsonStringEnumMemberName("json-object")]
    JsonObject,

    /// <summary>They are JSON from beginning to end, or empty; everything else is refused, however it is signed.</summary>
    [JsonStringEnumMemberName("json")]
    Json,
}
