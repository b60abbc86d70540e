using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Hub.Signatures;

/// <summary>The one option of schemes that sign a time: how far it may lie from the receipt, for senders whose clock is wrong or who repeat late.</summary>
public static class ToleranceOption
{
    public const string Name = "toleranceSeconds";

    private const int Most = 86_400;

    /// <summary>Whether a scheme has it.</summary>
    public static bool IsFor(ISignatureScheme scheme) => scheme is ProfileSignatureScheme { Profile.Timestamp: not null };

    /// <summary>The scheme with the tolerance of the options.</summary>
    public static bool TryApply(
        ISignatureScheme scheme,
        JsonElement options,
        [NotNullWhen(true)] out ISignatureScheme? applied,
        [NotNullWhen(false)] out string? error
    )
    {
        applied = null;
        if (scheme is not ProfileSignatureScheme { Profile: { Timestamp: { } time } profile })
        {
            error = $"The scheme '{scheme.Name}' takes no options.";
            return false;
        }

        if (options.EnumerateObject().FirstOrDefault(static option => option.Name != Name) is { Value.ValueKind: not JsonValueKind.Undefined } other)
        {
            error = $"The scheme '{scheme.Name}' has no option '{other.Name}', only '{Name}'.";
            return false;
        }

        var given = options.GetProperty(Name);
        if (given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out var seconds) || seconds is < 1 or > Most)
        {
            error = $"The option '{Name}' is a whole number from 1 to {Most}.";
            return false;
        }

        (applied, error) = (new ProfileSignatureScheme(profile with { Timestamp = time with { ToleranceSeconds = seconds } }), null);
        return true;
    }
}
