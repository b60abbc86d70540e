namespace Hub.Fields;

/// <summary>How a value stands to a field.</summary>
public enum FieldFit
{
    /// <summary>It is what the field takes.</summary>
    Fits,

    /// <summary>It stands for what the field takes, such as <c>"5"</c> for 5 or <c>patch</c> for PATCH.</summary>
    StandsFor,
    WrongType,
    NoChoice,
    NoDuration,
}
