using System.Text.Json;
using Hub.Fields;

namespace Hub.Routing.Workflows;

/// <summary>What a step of one type takes and gives.</summary>
/// <param name="Fields">The inputs under <c>with</c>.</param>
/// <param name="OutputSchema">The JSON Schema of the output; undefined when not described.</param>
public sealed record StepTypeDescription(
    string Type,
    string Summary,
    IReadOnlyList<StepField> Fields,
    bool CredentialRequired,
    bool AcceptsCredential,
    JsonElement OutputSchema
)
{
    /// <summary>Whether inputs beyond <see cref="Fields"/> are welcome, as for <c>set</c>.</summary>
    public bool AcceptsOtherFields { get; init; }
}

/// <summary>One input of a step.</summary>
/// <param name="Choices">The texts allowed, whatever their case; null when any value of the type is.</param>
public sealed record StepField(string Name, FieldType Type, bool Required, IReadOnlyList<string>? Choices = null) : IField
{
    public string? Summary { get; init; }

    /// <summary>Where a text goes, which decides how values put into it are escaped.</summary>
    public StepFieldPlace Place { get; init; }
}

/// <summary>Where the text of an input goes.</summary>
public enum StepFieldPlace
{
    /// <summary>Plain text: values as they are.</summary>
    Text,

    /// <summary>A URL: values are percent-encoded, and none changes the host. A value the text begins with is taken as it is.</summary>
    Url,

    /// <summary>An object of headers: values with CR, LF or NUL are refused.</summary>
    Headers,

    /// <summary>A body: in a text that is written as JSON, values become JSON.</summary>
    Body,

    /// <summary>Text in Slack's mrkdwn: values neither mention nor link.</summary>
    Mrkdwn,

    /// <summary>Slack's Block Kit: in its text objects values neither mention nor link.</summary>
    MrkdwnBlocks,
}
