using Hub.Fields;

namespace Hub.Connectors.Contract;

/// <summary>One input or credential field.</summary>
/// <param name="Name">The property's name in <c>with</c> or in the credential.</param>
/// <param name="Type">The JSON type it must have once rendered.</param>
/// <param name="Summary">One sentence for forms and documentation.</param>
/// <param name="Required">Whether it must be present and not null.</param>
/// <param name="Secret">Whether it is masked wherever it would be shown.</param>
/// <param name="Choices">The only texts allowed, whatever their case, when there are such. The action gets them as they are written here.</param>
public sealed record FieldSpec(string Name, FieldType Type, string Summary, bool Required = false, bool Secret = false, IReadOnlyList<string>? Choices = null)
    : IField
{
    /// <summary>Where a text of this field goes, so that values in it are escaped for that place.</summary>
    public FieldPlace Place { get; init; }
}

public enum FieldPlace
{
    /// <summary>Plain text: values as they are.</summary>
    Text,

    /// <summary>A URL: values are percent-encoded and cannot change the host.</summary>
    Url,

    /// <summary>An object of header names and values: no line breaks.</summary>
    Headers,

    /// <summary>A body: values in a text that is written as JSON become JSON.</summary>
    Body,

    /// <summary>Text in Slack's mrkdwn: values neither mention nor link.</summary>
    Mrkdwn,

    /// <summary>Slack's Block Kit: in its text objects values neither mention nor link.</summary>
    MrkdwnBlocks,
}
