namespace Hub.Operations;

/// <summary>What sort of refusal an error is. Each door has its own answer for a sort.</summary>
public enum OperationErrorKind
{
    /// <summary>What was asked breaks a rule that the asker can know.</summary>
    Invalid,

    /// <summary>What it is about does not exist in this workspace.</summary>
    NotFound,

    /// <summary>It does not go with what there is now.</summary>
    Conflict,

    /// <summary>It is well formed, and what it says cannot be carried out.</summary>
    Unprocessable,

    /// <summary>It cannot be done at the moment, and may be asked for again.</summary>
    Unavailable,
}
