namespace Hub.Connectors.Contract;

/// <summary>One input or credential field.</summary>
/// <param name="Name">The property's name in <c>with</c> or in the credential.</param>
/// <param name="Type">The JSON type it must have once rendered.</param>
/// <param name="Summary">One sentence for forms and documentation.</param>
/// <param name="Required">Whether it must be present and not null.</param>
/// <param name="Secret">Whether it is masked wherever it would be shown.</param>
/// <param name="Choices">The only values allowed, when there are such.</param>
public sealed record FieldSpec(
    string Name,
    FieldType Type,
    string Summary,
    bool Required = false,
    bool Secret = false,
    IReadOnlyList<string>? Choices = null)
{
    /// <summary>Where a text of this field goes, so that values in it are escaped for that place.</summary>
    public FieldPlace Place { get; init; }
}

public enum FieldType
{
    /// <summary>Text.</summary>
    Text,
    Number,
    Boolean,
    Object,
    Array,

    /// <summary>Any JSON value.</summary>
    Any,

    /// <summary>A duration such as <c>30s</c>, <c>5m</c>, <c>1h</c>.</summary>
    Duration,

    /// <summary>Of a credential: the hosts that it may be sent to, as text: <c>api.example.com, *.example.org</c>.</summary>
    Hosts,
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
}
