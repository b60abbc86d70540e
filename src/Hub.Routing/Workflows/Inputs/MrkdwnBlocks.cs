using System.Text.Json;
using Hub.Routing.Conditions;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>Block Kit's text objects: <c>{ "type": "mrkdwn", "text": ... }</c>, and the elements of rich text that mention without one.</summary>
internal static class MrkdwnBlocks
{
    /// <summary>
    /// What an element of rich text shows that mentions a person, a group or everybody (docs.slack.dev/reference/block-kit/blocks/rich-text-block), without
    /// mentioning anybody; null for all others.
    /// </summary>
    public static string? MentionIn(JsonElement value)
    {
        // A name may be there twice, and which one Slack reads is not known.
        foreach (var member in value.EnumerateObject())
        {
            var named = JsonText.ReadName(member) == "type" && member.Value.ValueKind == JsonValueKind.String ? NameOf(JsonText.Read(member.Value)) : null;
            if (named is not null)
            {
                return "@" + (value.TryGetProperty(named, out var who) && who.ValueKind == JsonValueKind.String ? JsonText.Read(who) : "");
            }
        }

        return null;
    }

    private static string? NameOf(string type) =>
        type switch
        {
            "user" => "user_id",
            "usergroup" => "usergroup_id",
            "broadcast" => "range",
            _ => null,
        };

    /// <summary>Where a member of an object in the blocks goes. What is no text, such as an address, stays as it is.</summary>
    public static StepFieldPlace PlaceOf(JsonElement parent, string name) =>
        name == "text" && IsTextObject(parent) ? StepFieldPlace.Mrkdwn : StepFieldPlace.MrkdwnBlocks;

    /// <summary>Whether an object as a workflow writes it gets its type only when it runs: then it is whatever the payload makes of it.</summary>
    public static bool HasOpenType(JsonElement value) =>
        value.TryGetProperty("type"u8, out var type) && (type.ValueKind != JsonValueKind.String || Operand.IsTemplate(type));

    /// <summary>All but the elements that show their text as it is; a type that is not known may be one that does not.</summary>
    private static bool IsTextObject(JsonElement value) =>
        !value.TryGetProperty("type"u8, out var type) || type.ValueKind != JsonValueKind.String || JsonText.Read(type) is not ("text" or "link" or "raw_text");
}
