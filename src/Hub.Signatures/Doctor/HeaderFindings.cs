namespace Hub.Signatures.Doctor;

/// <summary>What a look at the needed headers tells.</summary>
internal static class HeaderFindings
{
    /// <summary>The headers that a profile cannot do without.</summary>
    public static IEnumerable<string> Needed(SignatureProfile profile) =>
        [
            .. profile.Signature is { BodyField: null, Query: null } ? [profile.Signature.Header] : Array.Empty<string>(),
            .. profile.Timestamp?.Header is { } time ? [time] : Array.Empty<string>(),
            .. profile.IdHeader is { } id ? [id] : Array.Empty<string>(),
            .. profile.Signed.Where(static part => part.Part == SignedPartKind.Header).Select(static part => part.Text),
        ];

    public static Finding? Duplicated(Refused refused) =>
        Needed(refused.Profile).FirstOrDefault(name => refused.Request.Headers[name].Count > 1) is { } header
            ? new(
                SignatureCause.HeaderDuplicated,
                $"The header {header} was sent more than once. A proxy adds its own: let it set the header, or leave it alone.",
                Proven: true
            )
            : null;

    public static Finding? Missing(Refused refused)
    {
        if (Needed(refused.Profile).FirstOrDefault(name => string.IsNullOrEmpty(refused.Request.Headers[name].ToString())) is { } header)
        {
            return new(
                SignatureCause.HeaderMissing,
                $"The header {header} is not there. Enter a secret at the sender so that it signs, and check that no proxy drops the header.",
                Proven: true
            );
        }

        var profile = refused.Profile;
        return profile.Signature.BodyField is { } field && !refused.Request.Body.IsEmpty && string.IsNullOrEmpty(refused.Signature)
                ? new(
                    SignatureCause.HeaderMissing,
                    $"The body has no signature at {field}. Let the sender sign, and check that this is the sender's scheme.",
                    Proven: true
                )
            : profile.Timestamp?.Key is { } key && refused.Signature is { } text && SignatureHeader.Find(text, profile.Signature, key, out _) == 0
                ? new(
                    SignatureCause.HeaderMissing,
                    $"The header {profile.Signature.Header} has no time ({key}). Check that no proxy shortens it.",
                    Proven: true
                )
            : null;
    }

    public static Finding? Time(Refused refused)
    {
        var place = refused.Profile.Timestamp;
        string? text = null;
        if (place?.Header is { } header)
        {
            text = refused.Request.Headers[header].ToString();
        }
        else if (place?.Key is { } key && refused.Signature is { } signature)
        {
            SignatureHeader.Find(signature, refused.Profile.Signature, key, out text);
        }

        return text is null || SignatureTimestamp.Read(text, place!.Unit) is not null
            ? null
            : new(
                SignatureCause.TimestampUnreadable,
                "The time of signing cannot be read. The scheme has "
                    + (
                        place.Unit == TimestampUnit.Iso8601
                            ? "a date with its offset there."
                            : $"{place.Unit.ToString().ToLowerInvariant()} since 1970 in digits there."
                    ),
                Proven: true
            );
    }
}
