namespace Hub.Signatures;

/// <summary>What a signature scheme found.</summary>
public enum SignatureVerdict
{
    /// <summary>Signed otherwise, or not readable as a signature. It comes first because it is the default: what nobody checked is not valid.</summary>
    BadSignature,

    /// <summary>Signed with one of the source's secrets, and within the time window when the scheme has one.</summary>
    Valid,

    /// <summary>Rightly signed, but its time lies outside the window: a replay, or a clock that is off.</summary>
    Stale,

    /// <summary>A header that the scheme needs is absent or empty.</summary>
    Missing,
}
