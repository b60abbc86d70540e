namespace Hub.Engine.Intake;

/// <summary>What kind of reason a request is refused for.</summary>
public enum RefusalKind
{
    /// <summary>It may be let in later, as it is; also the default.</summary>
    Unavailable,

    /// <summary>It is not what it says it is.</summary>
    Malformed,

    /// <summary>It does not prove who sent it.</summary>
    Unproven,

    /// <summary>Its sender may not send.</summary>
    Forbidden,

    /// <summary>There is no such Source.</summary>
    NotFound,

    WrongMethod,

    /// <summary>Its body came too slowly.</summary>
    TooSlow,

    TooLarge,

    /// <summary>Its content type or its coding.</summary>
    WrongType,

    /// <summary>More come than are taken.</summary>
    TooMany,
}
