namespace Hub.Storage.Quarantine;

/// <summary>What became of a refused request that was to be kept.</summary>
public enum QuarantineVerdict
{
    /// <summary>Not kept: too many wait, or the database did not take it.</summary>
    Busy,

    /// <summary>Not kept: its Source, or all together, sent more bytes of late than are kept of refused requests.</summary>
    OverBudget,

    Kept,
}
