namespace Hub.Signatures.Doctor;

/// <summary>The signature is right and its time is not.</summary>
internal static class TimeFindings
{
    private static readonly TimeSpan Old = TimeSpan.FromHours(1);
    private static readonly TimeSpan Absurd = TimeSpan.FromDays(3650);

    /// <summary>Empty when the time lies inside the window.</summary>
    public static IReadOnlyList<Finding> Of(Refused refused)
    {
        if (
            refused.Profile.Timestamp is not { } place
            || AgeOf(refused, place) is not { } age
            || age.Duration() <= TimeSpan.FromSeconds(place.ToleranceSeconds)
        )
        {
            return [];
        }

        var skew = new Finding(SignatureCause.ClockSkew, SkewSentence(age, place), Proven: age <= Old);
        return age <= Old || age > Absurd ? [skew] : [new(SignatureCause.Replay, ReplaySentence(age, place), Proven: true), skew];
    }

    private static string ReplaySentence(TimeSpan age, TimestampPlace place) =>
        $"The request was signed {Words(age)} before it arrived; {place.ToleranceSeconds} s are allowed. It is repeated, by the sender's queue or by "
        + "somebody else.";

    private static string SkewSentence(TimeSpan age, TimestampPlace place) =>
        age.Duration() > Absurd
            ? $"The time of signing lies {Words(age.Duration())} {(age < TimeSpan.Zero ? "ahead" : "back")}: "
                + $"the sender counts in another unit than {place.Unit.ToString().ToLowerInvariant()}, or its clock is not set."
            : $"The time of signing lies {Words(age.Duration())} {(age < TimeSpan.Zero ? "after" : "before")} the receipt; "
                + $"{place.ToleranceSeconds} s are allowed. Set both clocks by NTP.";

    private static TimeSpan? AgeOf(Refused refused, TimestampPlace place)
    {
        string? text = null;
        if (place.BodyPointer is { } pointer)
        {
            text = SignedItems.FieldOf(refused.Profile, refused.Request, pointer);
        }
        else if (place.Header is { } header)
        {
            text = refused.Request.Headers[header].ToString();
        }
        else if (refused.Signature is { } signature)
        {
            SignatureHeader.Find(signature, refused.Profile.Signature, place.Key!, out text);
        }

        return SignatureTimestamp.Read(text, place.Unit) is { } count ? SignatureTimestamp.Age(count, place.Unit, refused.Request.ReceivedAt) : null;
    }

    private static string Words(TimeSpan time) =>
        time > Absurd ? "many years"
        : time.TotalHours < 2 ? $"{time.TotalSeconds:0} s"
        : time.TotalDays < 2 ? $"{time.TotalHours:0.#} h"
        : $"{time.TotalDays:0} days";
}
