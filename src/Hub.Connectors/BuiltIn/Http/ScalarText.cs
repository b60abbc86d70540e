using System.Text.Json;

namespace Hub.Connectors.BuiltIn.Http;

/// <summary>Scalars as text, for headers and queries.</summary>
internal static class ScalarText
{
    /// <summary>Null for null, objects and arrays.</summary>
    public static string? Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
}
