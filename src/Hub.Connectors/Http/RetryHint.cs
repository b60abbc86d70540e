using System.Globalization;

namespace Hub.Connectors.Http;

/// <summary>Whether and when the same call may succeed later.</summary>
public static class RetryHint
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>408, 409, 425, 429 and every 5xx; what else an answer says will not change by asking again.</summary>
    public static bool IsRetryable(int status) => status is 408 or 409 or 425 or 429 or (>= 500 and <= 599);

    /// <summary>Reads Retry-After: whole seconds or an HTTP date (RFC 9110, 10.2.3).</summary>
    public static TimeSpan? ReadRetryAfter(string text, DateTimeOffset now)
    {
        text = text.Trim();
        if (text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return text.Length <= 9 ? Bound(TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture))) : Longest;
        }

        return DateTimeOffset.TryParseExact(
            text,
            ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite,
            out var date
        )
            ? Bound(date - now)
            : null;
    }

    private static TimeSpan Bound(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero
        : wait > Longest ? Longest
        : wait;
}
