using System.Text.Json;
using Hub.Routing.Conditions;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>Block Kit's text objects: <c>{ "type": "mrkdwn", "text": ... }</c>.</summary>
internal static class MrkdwnBlocks
{
    /// <summary>Where a member of an object in the blocks goes. What is no text object's text, such as an address, stays as it is.</summary>
    public static StepFieldPlace PlaceOf(JsonElement parent, string name) =>
        name == "text" && IsTextObject(parent) ? StepFieldPlace.Mrkdwn : StepFieldPlace.MrkdwnBlocks;

    /// <summary>A type that is not written out may turn out to be one of them.</summary>
    private static bool IsTextObject(JsonElement value) =>
        !value.TryGetProperty("type"u8, out var type)
        || type.ValueKind != JsonValueKind.String
        || Operand.IsTemplate(type)
        || JsonText.Read(type) is "mrkdwn" or "plain_text" or "markdown";
}
