using System.Diagnostics.CodeAnalysis;
using Hub.Engine.Intake;
using Hub.Fields;
using Hub.Signatures;

namespace Hub.Operations.Sources;

/// <summary>What a Source may say of how its deliveries are told apart and how long they are kept.</summary>
internal static class DeliveryKeepingRules
{
    private const int MostDays = 3650;
    private const int MostMegabytes = 1 << 24;
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(365);

    /// <summary>Where the scheme is wrong as well, the rule is checked as far as it can be without one.</summary>
    private static bool IsUsable(string dedupe, ISignatureScheme? scheme, [NotNullWhen(false)] out string? error)
    {
        if (scheme is null && dedupe is DedupeKey.Provider or DedupeRule.Signed)
        {
            error = null;
            return true;
        }

        return DedupeKey.TryParse(dedupe, scheme ?? new NoSignatureScheme(), out _, out error);
    }

    public static void Check(NewSource source, ISignatureScheme? scheme, List<FieldError> errors)
    {
        if (source.Dedupe is { } dedupe && !IsUsable(dedupe, scheme, out var error))
        {
            errors.Add(
                new(
                    "/dedupe",
                    "dedupe_invalid",
                    error,
                    "Write 'provider' for what the scheme's profile says, 'header:' and a header's name, 'body:' and a JSON Pointer, 'jsonpath:' and a "
                        + "singular path, or 'body-hash'; such as 'header:X-GitHub-Delivery'."
                )
            );
        }

        if (source.DedupeWindow is { } window && !(DurationText.TryParse(window, out var length) && length >= ShortestWindow && length <= LongestWindow))
        {
            errors.Add(
                new(
                    "/dedupeWindow",
                    "dedupe_window_invalid",
                    $"'{window}' is no window of 1 minute to 365 days.",
                    "Write a number and a unit, such as '7d', '12h' or '30m'."
                )
            );
        }

        SourceRules.CheckUnknown(source.Retention?.Unknown, "/retention", "days and megabytes", errors);
        if (source.Retention?.Days is < 1 or > MostDays)
        {
            errors.Add(new("/retention/days", "retention_invalid", $"Deliveries are kept for 1 to {MostDays} days.", "Leave it out for the hub's own limit."));
        }

        if (source.Retention?.Megabytes is < 1 or > MostMegabytes)
        {
            errors.Add(
                new(
                    "/retention/megabytes",
                    "retention_invalid",
                    $"Deliveries may take 1 to {MostMegabytes} megabytes.",
                    "Leave it out for the hub's own limit."
                )
            );
        }
    }
}
