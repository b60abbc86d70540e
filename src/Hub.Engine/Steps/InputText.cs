using System.Text.Json;

namespace Hub.Engine.Steps;

/// <summary>Reads text fields of a rendered input.</summary>
internal static class InputText
{
    /// <summary>The field as text: a string as it is, another value as its JSON; null when absent or null.</summary>
    public static string? Get(JsonElement input, string field)
    {
        if (input.ValueKind != JsonValueKind.Object || !input.TryGetProperty(field, out var value))
        {
            return null;
        }

        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => value.GetString(),
                _ => value.GetRawText(),
            };
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape has no text form.
            return value.GetRawText();
        }
    }
}
