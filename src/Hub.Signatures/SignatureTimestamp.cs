using System.Globalization;

namespace Hub.Signatures;

/// <summary>Reads the time a request was signed at.</summary>
internal static class SignatureTimestamp
{
    private static readonly string[] Dates = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The count as the unit says: digits only, at most 19, or a date with its offset in milliseconds.</summary>
    public static long? Read(string? text, TimestampUnit unit)
    {
        if (unit == TimestampUnit.Iso8601)
        {
            return
                text is { Length: <= 40 }
                && (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-'))
                && DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? Math.Max(0, date.ToUnixTimeMilliseconds())
                : null;
        }

        return text?.Length is > 0 and <= 19 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    /// <summary>How far the time lies before the receipt; negative when after.</summary>
    public static TimeSpan Age(long count, TimestampUnit unit, DateTimeOffset receivedAt)
    {
        var perUnit = unit == TimestampUnit.Seconds ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond;
        var signedAt = (Int128)count * perUnit;

        // Providers count whole units, so the receipt is cut to the same grain.
        var received = (Int128)(receivedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks);
        received -= received % perUnit;
        return new TimeSpan((long)Int128.Clamp(received - signedAt, -TimeSpan.MaxValue.Ticks, TimeSpan.MaxValue.Ticks));
    }
}
