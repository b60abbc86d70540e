using Hub.Signatures;

namespace Hub.Engine.Intake;

/// <summary>Why a request is not let in, as its sender is told.</summary>
/// <param name="Code">Stable, lower-case with underscores.</param>
/// <param name="Detail">A sentence that says what to do about it.</param>
public sealed record IntakeRefusal(RefusalKind Kind, string Code, string Detail)
{
    /// <summary>Of a wrong method: those that are taken.</summary>
    public string? Allow { get; init; }

    /// <summary>When to try again at the earliest, in seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether it is counted among the refused: to nobody else anything was promised.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>What was found of the signature, where it is refused for that.</summary>
    public SignatureResult Signature { get; init; }

    /// <summary>Under which id it lies in quarantine; null when it does not.</summary>
    public Guid? KeptAside { get; init; }
}
