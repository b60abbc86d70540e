using System.ComponentModel.DataAnnotations;

namespace Hub.Engine.Intake;

/// <summary>Section <c>Hub:Intake</c>.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Hub:Intake";

    /// <summary>Bytes that bodies may take at once while they are unpacked and triggers read them; the next such request is answered 503.</summary>
    [Range(16L << 20, 1L << 36)]
    public long MaxBodyBytesInWork { get; init; } = 256L << 20;
}
