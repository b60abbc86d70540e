using Hub.Connectors.Contract;

namespace Hub.Engine.Resilience;

/// <summary>What a call says of its destination.</summary>
internal enum CallHealth
{
    /// <summary>Nothing: it was not made, or abandoned.</summary>
    Unknown,

    /// <summary>It answered. A refused request is an answer as well.</summary>
    Well,

    /// <summary>It answered that it is called too often.</summary>
    Busy,

    /// <summary>No answer, or a server's error.</summary>
    Unwell,
}

internal static class CallHealths
{
    public static CallHealth Of(ActionResult result) =>
        result.Error switch
        {
            { HttpStatus: 429 } => CallHealth.Busy,
            { Retryable: true, HttpStatus: null or >= 500 } => CallHealth.Unwell,
            _ => CallHealth.Well,
        };
}
