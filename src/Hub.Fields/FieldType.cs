namespace Hub.Fields;

/// <summary>What the value of an input or of a credential's field is.</summary>
public enum FieldType
{
    /// <summary>Text. A number or a boolean is taken as its JSON text.</summary>
    Text,

    /// <summary>A number, or a text that is one.</summary>
    Number,

    /// <summary>A boolean, or a text that is <c>true</c> or <c>false</c>.</summary>
    Boolean,
    Object,
    Array,

    /// <summary>Any JSON value.</summary>
    Any,

    /// <summary>A text that <see cref="DurationText"/> reads.</summary>
    Duration,

    /// <summary>Of a credential: the hosts that it may be sent to, as text: <c>api.example.com, *.example.org</c>.</summary>
    Hosts,
}
